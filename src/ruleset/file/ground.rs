//! 落实出处 (ground): every part of a file says its document and grade itself, so that merging files mixes up no sources.

use crate::ruleset::Provenance;
use crate::ruleset::file::{
    BandText, CapText, CaseText, DefaultText, DemandText, ExampleText, ExecutionText, GradeText, NoteText, OverText,
    RoundingText, RuleFile, RuleText, StructureText, ThresholdText, TierText, VerdictText,
};

/// The file with its document named in every clause, and its grade given to every section that has none.
pub fn ground(mut file: RuleFile) -> RuleFile {
    let origin = &file.source;
    let document = origin.number.clone().unwrap_or_else(|| origin.document.clone());
    let whole = origin.clause.as_ref().map_or_else(|| document.clone(), |clause| format!("{document}，{clause}"));
    let ground = Ground { document, whole, provenance: origin.provenance };
    for rule in &mut file.rules {
        ground.section(rule);
        rule.cases.iter_mut().for_each(|case| ground.case(case));
    }
    file.defaults.iter_mut().flatten().for_each(|part| ground.part(part));
    if let Some(execution) = &mut file.execution {
        ground.section(execution);
        execution.curve.iter_mut().flatten().for_each(|band| ground.part(band));
        execution.complete.iter_mut().flatten().for_each(|band| ground.part(band));
    }
    file.caps.iter_mut().flatten().for_each(|part| ground.section(part));
    file.weights.iter_mut().flatten().for_each(|part| ground.section(part));
    file.grades.iter_mut().flatten().for_each(|part| ground.section(part));
    file.rounding.iter_mut().for_each(|part| ground.section(part));
    file.notes.iter_mut().for_each(|part| ground.section(part));
    file.examples.iter_mut().for_each(|part| ground.section(part));
    if let Some(audit) = &mut file.audit {
        let thresholds = [
            &mut audit.reason_deviation,
            &mut audit.reason_over,
            &mut audit.reason_execution_below,
            &mut audit.far_above,
            &mut audit.share_too_large,
        ];
        thresholds.into_iter().flatten().for_each(|part| ground.section(part));
        let demands = [&mut audit.reason_missed, &mut audit.reason_score_below_weight];
        demands.into_iter().flatten().for_each(|part| ground.section(part));
    }
    file
}

struct Ground {
    document: String,
    whole: String,
    provenance: Provenance,
}

impl Ground {
    /// A part that takes what it does not say from the part around it.
    fn part(&self, part: &mut impl Cites) {
        if let (Some(clause), _) = part.cites() {
            *clause = format!("{}，{clause}", self.document);
        }
    }

    /// A part around which there is only the file.
    fn section(&self, section: &mut impl Cites) {
        self.part(section);
        let (clause, provenance) = section.cites();
        clause.get_or_insert_with(|| self.whole.clone());
        provenance.get_or_insert(self.provenance);
    }

    fn case(&self, case: &mut CaseText) {
        self.part(case);
        case.curve.iter_mut().flatten().for_each(|part| self.part(part));
        case.verdict.iter_mut().for_each(|part| self.part(part));
        case.tiers.iter_mut().flatten().for_each(|part| self.part(part));
        case.zero_target.iter_mut().for_each(|part| self.part(part));
        case.over.iter_mut().for_each(|part| self.part(part));
    }
}

/// A part of a rule file that may name its clause and grade.
trait Cites {
    fn cites(&mut self) -> (&mut Option<String>, &mut Option<Provenance>);
}

macro_rules! cites {
    ($($part:ty),+ $(,)?) => {
        $(impl Cites for $part {
            fn cites(&mut self) -> (&mut Option<String>, &mut Option<Provenance>) {
                (&mut self.clause, &mut self.provenance)
            }
        })+
    };
}

cites!(
    BandText,
    CapText,
    CaseText,
    DefaultText,
    DemandText,
    ExampleText,
    ExecutionText,
    GradeText,
    NoteText,
    OverText,
    RoundingText,
    RuleText,
    StructureText,
    ThresholdText,
    TierText,
    VerdictText,
);
