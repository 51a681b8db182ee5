//! 意见代码 (code): the permanent identity of each check.

/// 严重程度
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// 提示: worth knowing.
    Note,
    /// 警告: needs a person.
    Warning,
    /// 错误: arithmetic or the rule text proves it.
    Error,
}

impl Severity {
    /// The key in JSON and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The word a user reads.
    pub fn words(self) -> &'static str {
        match self {
            Severity::Note => "提示",
            Severity::Warning => "警告",
            Severity::Error => "错误",
        }
    }
}

/// Declares the codes: variant, number, default severity and Chinese title; the number never changes its meaning.
macro_rules! codes {
    ($($variant:ident = $number:literal, $severity:ident, $title:literal;)+) => {
        /// 意见代码: what a finding is about. The variant is named after the defect.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!($number, " ", $title)] $variant,)+
        }

        impl Code {
            /// Every code, in the order of the numbers.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)+];

            /// The permanent number, such as `JX301`.
            pub fn number(self) -> &'static str {
                match self { $(Code::$variant => $number,)+ }
            }

            /// The default severity.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)+ }
            }

            /// The title a user reads.
            pub fn title(self) -> &'static str {
                match self { $(Code::$variant => $title,)+ }
            }

            /// The page behind `jixiao explain`.
            pub fn page(self) -> &'static str {
                match self { $(Code::$variant => include_str!(concat!("../../docs/codes/", $number, ".md")),)+ }
            }
        }
    };
}

codes! {
    FormMissing = "JX001", Error, "文件中没有绩效表";
    RowUnplaced = "JX002", Warning, "内容无法归入任何栏目";
    CellEmpty = "JX003", Error, "必填单元格为空";
    DumpRepaired = "JX004", Note, "文本残缺，已修复后读取";
    PlaceholderLeft = "JX005", Warning, "留有占位符或模板残迹";
    PageUnread = "JX010", Warning, "有页面没有读取";
    ValueNotUnderstood = "JX101", Warning, "指标值无法识别";
    UnitMissing = "JX102", Warning, "缺少计量单位";
    UnitsDiffer = "JX103", Error, "计量单位不可比";
    DateImpossible = "JX104", Warning, "日期不存在或不完整";
    KindsDiffer = "JX105", Warning, "目标值与完成值类型不同";
    ComparatorAgainstSense = "JX106", Warning, "比较符号与指标含义相反";
    PercentageAboveHundred = "JX107", Warning, "百分比目标超过100%";
    WeightsDoNotAddUp = "JX201", Error, "权重合计不符";
    TotalNotSum = "JX202", Error, "总分不等于各项得分之和";
    ExecutionRateDiffers = "JX203", Error, "预算执行率计算有误";
    ExecutionScoreDiffers = "JX204", Error, "预算执行得分与执行率不符";
    FundsDoNotAddUp = "JX205", Error, "资金分项合计不符";
    SpentAboveBudget = "JX206", Warning, "执行数超过预算数";
    StructureDiffers = "JX207", Warning, "权重结构与规则集不符";
    TextContradictsForms = "JX208", Error, "正文所述与表格不符";
    ScoreDiffers = "JX301", Error, "得分与规则计算不符";
    RateDiffers = "JX302", Error, "完成率计算有误";
    ScoreOutsideWeight = "JX303", Error, "得分超过权重或为负";
    RuleDoesNotFit = "JX304", Warning, "赋分规则与指标类型不匹配";
    RuleUnknown = "JX305", Warning, "赋分规则名称无法识别";
    NotEvaluated = "JX306", Note, "未能评价";
    VerdictContradictsTarget = "JX307", Error, "得分与目标是否完成相矛盾";
    SameCaseScoredTwice = "JX308", Warning, "同类情形两种评分";
    ReasonMissing = "JX401", Warning, "存在偏差但未说明原因";
    TargetSetTooLow = "JX402", Note, "完成值远超目标，目标偏低";
    TargetBelowLastYear = "JX403", Warning, "目标低于上年完成水平";
    LastYearDoesNotFit = "JX404", Warning, "上年完成值不匹配";
    ReasonContradictsNumbers = "JX405", Warning, "偏差原因与数字矛盾";
    ReasonCopied = "JX406", Note, "偏差原因雷同";
    SatisfactionAtHundred = "JX407", Warning, "满意度目标设为100%";
    PhraseForNumber = "JX408", Warning, "应量化的指标用了定性表述";
    WrongLevel = "JX409", Warning, "指标归类不当";
    IndicatorRepeated = "JX410", Warning, "指标重复";
    CostDoesNotFitBudget = "JX411", Warning, "成本指标与预算不匹配";
    GoalContradictsIndicators = "JX412", Warning, "总体目标与指标数字矛盾";
    ShareTooLarge = "JX413", Warning, "单个指标权重过大";
    NameContradictsValue = "JX414", Warning, "目标值与指标名称不符";
    ArithmeticFails = "JX415", Error, "文字中的算式不成立";
    PromiseWithoutRow = "JX416", Warning, "目标文字的承诺没有对应指标";
    NameSpelledOtherwise = "JX417", Warning, "同一指标两种写法";
    ChangedSinceApproval = "JX501", Error, "指标在批复后被改动";
    DroppedOrAdded = "JX502", Error, "指标被删除或新增";
    FormsContradict = "JX503", Warning, "同一文件的两张表相互矛盾";
    BudgetTableDiffers = "JX504", Error, "绩效表金额与预算表不符";
    ProjectNotInBudget = "JX505", Warning, "项目不在预算的项目表中";
    ChangeDiffers = "JX506", Error, "正文的增减额与增减率不符";
    TextContradictsBudget = "JX507", Error, "正文金额与预算表不符";
    WithheldYetPublished = "JX508", Error, "不公开的项目与已公布的表不符";
    ProjectCodeRepeated = "JX509", Warning, "两个项目用了同一编码";
    HeadDoesNotFit = "JX510", Warning, "表头与文件不符";
    NameContradictsFunds = "JX511", Warning, "项目名称与资金来源不符";
    TermsDiffer = "JX512", Warning, "长期目标与年度目标的指标不一致";
    FormsAlike = "JX513", Warning, "两张表雷同";
    TextContradictsIndicator = "JX514", Warning, "正文与指标值不符";
    SpentAfterYear = "JX515", Warning, "支出发生在本年度之后";
    LastYearReportedOtherwise = "JX516", Warning, "上年完成值与上年自评表不符";
    RuleFileInvalid = "JX901", Error, "规则文件格式有误";
    RuleBandsGap = "JX902", Error, "规则区间有空档";
    RuleBandsOverlap = "JX903", Error, "规则区间重叠";
    RuleExampleFails = "JX904", Error, "规则算例不符";
}

impl Code {
    /// The code with a number, upper or lower case.
    pub fn from_number(number: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.number().eq_ignore_ascii_case(number))
    }
}
