//! 参数 (arguments): what may be typed; the help texts are the doc comments, so they are Chinese.

mod formats;
mod rules;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use rust_decimal::Decimal;

pub use formats::{ExtractFormat, FailOn, ListFormat, ParseFormat, ReportFormat, ShowFormat, TemplateFormat};
#[cfg(feature = "ocr")]
pub use rules::ModelsCommand;
pub use rules::RulesCommand;

/// Order and Chinese headings of every help page.
const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

const EXIT_CODES: &str = "退出码：0 没有达到 --fail-on 级别的意见；1 有；2 未能运行（参数有误，或有文件无法读取）";

const INPUTS: &str = "可读取 docx、doc、wps、odt、xlsx、xls、ods、et、pdf（含扫描件）、png、jpg、tiff、bmp、html、csv、txt、md、yaml、json";

/// 绩效自评表复核：读取绩效自评表和目标表，逐项重新计分，指出每一处错误及其依据
#[derive(Debug, Parser)]
#[command(
    name = "jixiao",
    version,
    help_template = TEMPLATE,
    override_usage = "jixiao <命令> [选项]\n      jixiao <文件或文件夹>...    复核并在旁边写一份网页报告",
    subcommand_help_heading = "命令",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    arg_required_else_help = true,
    infer_long_args = true,
    after_help = "查看某个命令的用法：jixiao <命令> --help\n命令也可以写中文：审核、计分、提取、对比、起草、填表、批注、解读、解释、规则、模型",
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    /// 显示帮助
    #[arg(short, long, global = true, action = clap::ArgAction::Help, help_heading = "选项", display_order = 900)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help_heading = "选项", display_order = 901)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// 复核得分并审核：列出每一处错误、依据和处理建议
    #[command(alias = "审核", help_template = TEMPLATE, override_usage = "jixiao audit [选项] <路径>...", after_help = AUDIT_HELP)]
    Audit(AuditArguments),
    /// 只复核得分和总分；多次给出 --rules 时并排比较
    #[command(alias = "计分", help_template = TEMPLATE, override_usage = "jixiao score [选项] <路径>...", after_help = INPUTS)]
    Score(ScoreArguments),
    /// 取出文件中的绩效表，逐格照录
    #[command(alias = "提取", help_template = TEMPLATE, override_usage = "jixiao extract [选项] <路径>", after_help = INPUTS)]
    Extract(ExtractArguments),
    /// 比较批复的目标表与自评表，或上年与本年：被改动的目标、权重，被删除或新增的指标
    #[command(alias = "对比", help_template = TEMPLATE, override_usage = "jixiao compare [选项] <甲> <乙>", after_help = EXIT_CODES)]
    Compare(CompareArguments),
    /// 由本年的表起草下一年度的绩效目标表，每个目标值都写明理由
    #[command(alias = "起草", help_template = TEMPLATE, override_usage = "jixiao template [选项] <路径>", after_help = INPUTS)]
    Template(TemplateArguments),
    /// 填写半成品自评表中空着的完成率、得分和总分；docx、xlsx 写回原表
    #[command(alias = "填表", help_template = TEMPLATE, override_usage = "jixiao fill [选项] <路径>", after_help = INPUTS)]
    Fill(FillArguments),
    /// 在单位自己的 docx、xlsx 原件上加批注：每个有错误或疑问的单元格一条，其余一概不动
    #[command(alias = "批注", help_template = TEMPLATE, override_usage = "jixiao mark [选项] <路径> -o <文件>")]
    Mark(MarkArguments),
    /// 解读一个指标值：读出了什么，属于哪一类
    #[command(alias = "解读", help_template = TEMPLATE, override_usage = "jixiao parse [选项] <文字>\n      jixiao parse - --format jsonl")]
    Parse(ParseArguments),
    /// 解释一个意见代码；不写代码时列出全部
    #[command(alias = "解释", help_template = TEMPLATE, override_usage = "jixiao explain [选项] [代码]")]
    Explain(ExplainArguments),
    /// 查看、检查、比较和编写规则集
    #[command(
        alias = "规则",
        help_template = TEMPLATE,
        override_usage = "jixiao rules <命令> [选项]",
        subcommand_help_heading = "命令",
        disable_help_subcommand = true,
        arg_required_else_help = true
    )]
    Rules {
        #[command(subcommand)]
        command: RulesCommand,
    },
    /// 安装和查看文字识别模型：读取扫描件和照片要用
    #[cfg(feature = "ocr")]
    #[command(
        alias = "模型",
        help_template = TEMPLATE,
        override_usage = "jixiao models <命令> [选项]",
        subcommand_help_heading = "命令",
        disable_help_subcommand = true,
        arg_required_else_help = true
    )]
    Models {
        #[command(subcommand)]
        command: ModelsCommand,
    },
}

const AUDIT_HELP: &str = concat!(
    "可读取 docx、doc、wps、odt、xlsx、xls、ods、et、pdf（含扫描件）、png、jpg、tiff、bmp、html、csv、txt、md、yaml、json\n",
    "退出码：0 没有达到 --fail-on 级别的意见；1 有；2 未能运行（参数有误，或有文件无法读取）"
);

#[derive(Debug, Args)]
pub struct AuditArguments {
    #[command(flatten)]
    pub input: Input,
    /// 输出格式：table（默认）、json、jsonl、csv、xlsx、html、md、docx（复核报告）；不写时按 -o 的扩展名决定
    #[arg(long, value_name = "格式", hide_possible_values = true, help_heading = "选项")]
    pub format: Option<ReportFormat>,
    #[command(flatten)]
    pub output: Output,
    /// 规则集：auto（默认，自动选择）、地区（如 新疆）、编号或规则文件
    #[arg(long, value_name = "规则集", default_value = "auto", hide_default_value = true, help_heading = "选项")]
    pub rules: String,
    /// 另为每个有问题的单位写一份退回修改通知（docx），放进这个文件夹
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    pub per_unit: Option<PathBuf>,
    #[command(flatten)]
    pub policy: Policy,
}

#[derive(Debug, Args)]
pub struct ScoreArguments {
    #[command(flatten)]
    pub input: Input,
    /// 输出格式：table（默认）、json、jsonl、csv、xlsx、html、md；不写时按 -o 的扩展名决定
    #[arg(long, value_name = "格式", hide_possible_values = true, help_heading = "选项")]
    pub format: Option<ReportFormat>,
    #[command(flatten)]
    pub output: Output,
    /// 规则集：auto（默认）、地区（如 新疆）、编号或规则文件；给出多个时逐行并排比较
    #[arg(long, value_name = "规则集", default_value = "auto", hide_default_value = true, help_heading = "选项")]
    pub rules: Vec<String>,
    /// 列出每一行的计算步骤、条款和依据等级
    #[arg(long, help_heading = "选项")]
    pub explain: bool,
}

#[derive(Debug, Args)]
pub struct ExtractArguments {
    /// 要读取的文件
    #[arg(value_name = "路径", help_heading = "参数")]
    pub file: PathBuf,
    /// 输出格式：yaml（默认）、json、csv、xlsx；不写时按 -o 的扩展名决定
    #[arg(long, value_name = "格式", hide_possible_values = true, help_heading = "选项")]
    pub format: Option<ExtractFormat>,
    #[command(flatten)]
    pub output: Output,
    /// 不识别表单，原样列出读到的段落和表格，用于查找识别问题
    #[arg(long, help_heading = "选项")]
    pub debug_tables: bool,
}

#[derive(Debug, Args)]
pub struct CompareArguments {
    /// 批复的目标表，或上年的表
    #[arg(value_name = "甲", help_heading = "参数")]
    pub before: PathBuf,
    /// 自评表，或本年的表
    #[arg(value_name = "乙", help_heading = "参数")]
    pub after: PathBuf,
    /// 输出格式：table（默认）、json、csv、xlsx、html、md
    #[arg(long, value_name = "格式", hide_possible_values = true, help_heading = "选项")]
    pub format: Option<ReportFormat>,
    #[command(flatten)]
    pub output: Output,
    #[command(flatten)]
    pub policy: Policy,
}

#[derive(Debug, Args)]
pub struct TemplateArguments {
    /// 本年的自评表或目标表
    #[arg(value_name = "路径", help_heading = "参数")]
    pub file: PathBuf,
    /// 要起草的年度；不写时为表中年度的下一年
    #[arg(long, value_name = "年度", help_heading = "选项", value_parser = clap::value_parser!(i32).range(1990..2200))]
    pub year: Option<i32>,
    /// 以前年度的表，用来看趋势；可重复
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub history: Vec<PathBuf>,
    /// 下一年度的预算总额（万元），只用于单个项目
    #[arg(long, value_name = "万元", allow_negative_numbers = true, help_heading = "选项")]
    pub budget: Option<Decimal>,
    /// 规则集：auto（默认）、地区（如 新疆）、编号或规则文件
    #[arg(long, value_name = "规则集", default_value = "auto", hide_default_value = true, help_heading = "选项")]
    pub rules: String,
    /// 起草口径文件，只写要改的项；不写时用内置的口径
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub policy: Option<PathBuf>,
    /// 输出格式：table（默认）、yaml、json、xlsx、docx；不写时按 -o 的扩展名决定
    #[arg(long, value_name = "格式", hide_possible_values = true, help_heading = "选项")]
    pub format: Option<TemplateFormat>,
    /// 不带颜色、批注和表下说明，可直接报送；待填的内容照样另行列出
    #[arg(long, help_heading = "选项")]
    pub clean: bool,
    #[command(flatten)]
    pub output: Output,
}

#[derive(Debug, Args)]
pub struct FillArguments {
    /// 填了一半的自评表
    #[arg(value_name = "路径", help_heading = "参数")]
    pub file: PathBuf,
    /// 规则集：auto（默认）、地区（如 新疆）、编号或规则文件
    #[arg(long, value_name = "规则集", default_value = "auto", hide_default_value = true, help_heading = "选项")]
    pub rules: String,
    /// 输出格式：table（默认）、yaml、json、xlsx、docx；不写时按 -o 的扩展名决定
    #[arg(long, value_name = "格式", hide_possible_values = true, help_heading = "选项")]
    pub format: Option<TemplateFormat>,
    /// 填入的数字不加黄色底色
    #[arg(long, help_heading = "选项")]
    pub clean: bool,
    /// 直接写回原文件（docx、xlsx），另存一份备份
    #[arg(long, conflicts_with = "path", help_heading = "选项")]
    pub in_place: bool,
    #[command(flatten)]
    pub output: Output,
}

#[derive(Debug, Args)]
pub struct MarkArguments {
    /// 单位报来的 docx 或 xlsx
    #[arg(value_name = "路径", help_heading = "参数")]
    pub file: PathBuf,
    /// 规则集：auto（默认，自动选择）、地区（如 新疆）、编号或规则文件
    #[arg(long, value_name = "规则集", default_value = "auto", hide_default_value = true, help_heading = "选项")]
    pub rules: String,
    /// 直接写回原文件，另存一份备份
    #[arg(long, conflicts_with = "path", help_heading = "选项")]
    pub in_place: bool,
    #[command(flatten)]
    pub output: Output,
    #[command(flatten)]
    pub policy: Policy,
}

#[derive(Debug, Args)]
pub struct ParseArguments {
    /// 指标值，如 “≥95%”；写 - 时从标准输入逐行读取
    #[arg(value_name = "文字", required = true, allow_hyphen_values = true, help_heading = "参数")]
    pub text: String,
    /// 输出格式：text（默认）、json、jsonl
    #[arg(long, value_name = "格式", hide_possible_values = true, help_heading = "选项")]
    pub format: Option<ParseFormat>,
    #[command(flatten)]
    pub output: Output,
}

#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// 意见代码，如 JX301
    #[arg(value_name = "代码", help_heading = "参数")]
    pub code: Option<String>,
}

#[derive(Debug, Args)]
pub struct Input {
    /// 文件或文件夹，可以多个；文件夹会逐层读取
    #[arg(value_name = "路径", required = true, help_heading = "参数")]
    pub paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Output {
    /// 写入文件；不写时输出到屏幕
    #[arg(short = 'o', long = "output", value_name = "文件", help_heading = "选项")]
    pub path: Option<PathBuf>,
}

/// How findings are judged.
#[derive(Debug, Args)]
pub struct Policy {
    /// 有这一级别（或更高）的意见时退出码为 1：error（默认）、warning、note、never
    #[arg(
        long,
        value_name = "级别",
        default_value = "error",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "选项"
    )]
    pub fail_on: FailOn,
    /// 不再列出这些代码（JX406）或系列（JX4xx）；可重复
    #[arg(long, value_name = "代码", value_delimiter = ',', help_heading = "选项")]
    pub allow: Vec<String>,
    /// 把这些代码或系列作为警告
    #[arg(long, value_name = "代码", value_delimiter = ',', help_heading = "选项")]
    pub warn: Vec<String>,
    /// 把这些代码或系列作为错误
    #[arg(long, value_name = "代码", value_delimiter = ',', help_heading = "选项")]
    pub error: Vec<String>,
    /// 只列出这些代码或系列
    #[arg(long, value_name = "代码", value_delimiter = ',', help_heading = "选项")]
    pub only: Vec<String>,
    /// 例外清单（每条写明理由）；不写时用当前文件夹的 jixiao.yaml（如有）
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub config: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_command_is_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn no_help_page_has_an_english_heading() {
        fn check(command: &mut clap::Command) {
            let help = command.render_long_help().to_string();
            for word in ["Usage", "Options", "Arguments", "Commands", "possible values", "default:", "Print"] {
                assert!(!help.contains(word), "{word} in:\n{help}");
            }
            command.get_subcommands_mut().for_each(check);
        }
        let mut command = Arguments::command();
        command.build();
        check(&mut command);
    }
}
