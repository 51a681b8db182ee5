//! `jixiao rules` and `jixiao models`: what may be typed.

#[cfg(feature = "ocr")]
use std::path::PathBuf;

use clap::Subcommand;

use super::{Input, ListFormat, Output, ShowFormat, TEMPLATE};

#[cfg(feature = "ocr")]
#[derive(Debug, Subcommand)]
pub enum ModelsCommand {
    /// 安装模型：核对 SHA-256 后放入数据文件夹（环境变量 JIXIAO_MODELS 可以另行指定）
    #[command(help_template = TEMPLATE, override_usage = "jixiao models add <文件>")]
    Add {
        /// 下载的 .whl 文件，或其中的 .onnx 文件
        #[arg(value_name = "文件", help_heading = "参数")]
        file: PathBuf,
    },
    /// 列出所需的模型和是否已经安装
    #[command(help_template = TEMPLATE, override_usage = "jixiao models list")]
    List,
}

#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// 列出内置的规则集
    #[command(help_template = TEMPLATE, override_usage = "jixiao rules list [选项]")]
    List {
        /// 输出格式：table（默认）、json
        #[arg(long, value_name = "格式", hide_possible_values = true, help_heading = "选项")]
        format: Option<ListFormat>,
    },
    /// 用文字和曲线说明一个规则集
    #[command(help_template = TEMPLATE, override_usage = "jixiao rules show [选项] <规则集>")]
    Show {
        /// 规则集编号或规则文件
        #[arg(value_name = "规则集", help_heading = "参数")]
        rules: String,
        /// 输出格式：text（默认）、html；不写时按 -o 的扩展名决定
        #[arg(long, value_name = "格式", hide_possible_values = true, help_heading = "选项")]
        format: Option<ShowFormat>,
        #[command(flatten)]
        output: Output,
    },
    /// 检查规则文件：格式、空档、重叠和算例；不写时检查全部内置规则集
    #[command(help_template = TEMPLATE, override_usage = "jixiao rules check [规则集]...")]
    Check {
        /// 规则集编号或规则文件
        #[arg(value_name = "规则集", help_heading = "参数")]
        rules: Vec<String>,
    },
    /// 比较两个规则集：同样的完成情况（权重 10 分）各得多少分
    #[command(help_template = TEMPLATE, override_usage = "jixiao rules diff <甲> <乙>")]
    Diff {
        /// 规则集编号或规则文件
        #[arg(value_name = "甲", help_heading = "参数")]
        left: String,
        /// 规则集编号或规则文件
        #[arg(value_name = "乙", help_heading = "参数")]
        right: String,
    },
    /// 以现有规则集为底稿，写出一个新的规则文件
    #[command(help_template = TEMPLATE, override_usage = "jixiao rules new --from <规则集> [选项]")]
    New {
        /// 作为底稿的规则集编号或规则文件
        #[arg(long, value_name = "规则集", help_heading = "选项")]
        from: String,
        /// 新规则集的编号（小写字母、数字和连字符；默认 my-rules）
        #[arg(long, value_name = "编号", default_value = "my-rules", hide_default_value = true, help_heading = "选项")]
        id: String,
        #[command(flatten)]
        output: Output,
    },
    /// 由已填报的得分推断所用的规则；没有相符的规则集时拟合出草稿
    #[command(help_template = TEMPLATE, override_usage = "jixiao rules infer [选项] <路径>...")]
    Infer {
        #[command(flatten)]
        input: Input,
        #[command(flatten)]
        output: Output,
    },
}
