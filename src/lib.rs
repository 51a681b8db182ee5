//! jixiao (绩效) reads Chinese budget performance forms, scores them again exactly and names every wrong score.
//!
//! # The one direction
//!
//! ```text
//! file ─read→ Document ─find→ Form ─interpret→ Indicator ─score→ ScoreCard ┐
//! rules/*.yaml ─validate→ RuleSet ─────────────────────────────────────────┴→ Case ─audit→ Findings ─→ Report
//!                                          Document + Forms ─join→ Dossier ────────┘
//!                                                                               └──────→ Template (next year)
//! ```
//!
//! Each noun is a module, each verb a function in it, and no module reaches back:
//!
//! | module | Chinese | what it holds |
//! |---|---|---|
//! | [`document`] | 文档 | what a file shows: paragraphs, tables, cells, places; one reader for each format |
//! | [`form`] | 表单 | the performance forms of a document, cell for cell; broken dumps are mended here |
//! | [`indicator`] | 指标 | what the cells mean: targets, results, dates, phrases, figures |
//! | [`ruleset`] | 规则集 | the published scoring rules as validated data |
//! | [`score`] | 评分 | a rule set applied to the indicators of a form, with every step |
//! | [`dossier`] | 卷宗 | what the tables and the text around the forms say, joined with the forms by project, name and subject |
//! | [`case`] | 案卷 | all of this for one document |
//! | [`audit`] | 审核 | what is wrong in a case, with the arithmetic and the clause |
//! | [`engine`] | 引擎 | the stages in their order: a file or bytes in, a case with its findings out |
//! | [`template`] | 目标表起草 | next year's target table with the reason behind each cell, and half-filled forms filled |
//!
//! # Words of the field
//!
//! | Chinese | here |
//! |---|---|
//! | 自评表 | self-evaluation form |
//! | 目标表 | target table |
//! | 指标 | indicator |
//! | 年度指标值 | target |
//! | 实际完成值 | actual |
//! | 上年完成值 | previous |
//! | 分值 / 权重 | weight |
//! | 完成率 | completion rate |
//! | 得分 | score |
//! | 预算执行率 | budget execution rate |
//! | 赋分规则 | scoring rule |
//! | 规则集 | rule set |
//! | 依据等级 | provenance |
//! | 偏差原因 | reason |
//! | 佐证资料 | evidence |
//! | 审核意见 | finding |
//!
//! # In three lines
//!
//! ```
//! let audited = jixiao::audit_file("examples/changji-2024.docx", &jixiao::Rules::auto())?;
//! let errors = audited.findings.iter().filter(|finding| finding.severity == jixiao::audit::Severity::Error);
//! assert_eq!(errors.count(), 2);
//! # Ok::<(), jixiao::EngineError>(())
//! ```
//!
//! Figures are exact decimals from the cell to the report; a row that cannot be scored says why, and every score says how.

pub mod audit;
pub mod case;
pub mod document;
pub mod dossier;
pub mod engine;
pub mod form;
pub mod indicator;
pub mod original;
pub mod report;
pub mod ruleset;
pub mod score;
pub mod template;
pub mod text;
pub mod vocabulary;
mod word;

pub use engine::{Audited, EngineError, Rules, audit_bytes, audit_file};
