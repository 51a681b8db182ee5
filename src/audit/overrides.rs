//! 严重程度调整 (overrides): what a user makes of the codes, applied after the checks.

use crate::audit::{Code, Finding, Severity};

/// 代码范围: one code (`JX301`) or a series (`JX3xx`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    /// What a number begins with, in upper case.
    prefix: String,
}

/// A selector that names no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("没有“{0}”这个意见代码；请写完整的代码（如 JX301）或系列（如 JX3xx）")]
pub struct UnknownCode(String);

impl std::str::FromStr for Selector {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let upper = text.trim().to_uppercase();
        let prefix = upper.trim_end_matches('X').to_owned();
        let prefix = if prefix == "J" { "JX".to_owned() } else { prefix };
        let known = prefix.starts_with("JX") && Code::ALL.iter().any(|code| code.number().starts_with(&prefix));
        if known { Ok(Selector { prefix }) } else { Err(UnknownCode(text.to_owned())) }
    }
}

impl Selector {
    /// Whether a code is meant.
    pub fn covers(&self, code: Code) -> bool {
        code.number().starts_with(&self.prefix)
    }

    /// How narrow the selector is: a single code outweighs its series.
    fn precision(&self) -> usize {
        self.prefix.len()
    }
}

/// 调整: which findings are shown, and how severe they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Not shown at all.
    pub allow: Vec<Selector>,
    pub warn: Vec<Selector>,
    pub error: Vec<Selector>,
    /// Nothing but these is shown, where any is given.
    pub only: Vec<Selector>,
}

impl Overrides {
    /// The findings that remain, with their severities; the narrowest selector wins, and the stricter of two alike.
    pub fn apply(&self, findings: Vec<Finding>) -> Vec<Finding> {
        findings.into_iter().filter_map(|finding| self.judge(finding)).collect()
    }

    fn judge(&self, finding: Finding) -> Option<Finding> {
        let wanted = self.only.is_empty() || self.only.iter().any(|selector| selector.covers(finding.code));
        if !wanted {
            return None;
        }
        let precision = |selectors: &[Selector]| {
            let covering = selectors.iter().filter(|selector| selector.covers(finding.code));
            covering.map(Selector::precision).max()
        };
        let choices = [
            (precision(&self.allow), None),
            (precision(&self.warn), Some(Severity::Warning)),
            (precision(&self.error), Some(Severity::Error)),
        ];
        match choices.into_iter().filter(|(precision, _)| precision.is_some()).max() {
            None => Some(finding),
            Some((_, None)) => None,
            Some((_, Some(severity))) => Some(finding.graded(severity)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selectors(texts: &[&str]) -> Vec<Selector> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn a_single_code_outweighs_its_series() {
        let overrides = Overrides { allow: selectors(&["JX4xx"]), warn: selectors(&["jx403"]), ..Overrides::default() };
        let findings =
            [Code::ReasonMissing, Code::TargetBelowLastYear, Code::ScoreDiffers].map(|code| Finding::new(code, "意见"));
        let kept = overrides.apply(findings.to_vec());
        let kept: Vec<_> = kept.iter().map(|finding| (finding.code.number(), finding.severity)).collect();
        assert_eq!(kept, [("JX403", Severity::Warning), ("JX301", Severity::Error)]);
    }

    #[test]
    fn only_leaves_nothing_else() {
        let overrides = Overrides { only: selectors(&["JX3xx"]), ..Overrides::default() };
        let kept = overrides.apply(vec![Finding::new(Code::TotalNotSum, ""), Finding::new(Code::RateDiffers, "")]);
        assert_eq!(kept.len(), 1);
    }

    #[test]
    fn an_unknown_code_is_refused() {
        assert_eq!("JX777".parse::<Selector>(), Err(UnknownCode("JX777".to_owned())));
        assert!("KX301".parse::<Selector>().is_err());
    }
}
