//! `jixiao models`

use jixiao::document::model;
use jixiao::report::Grid;

use super::arguments::ModelsCommand;
use super::failure::Failure;
use super::{Outcome, output};

/// Adds the models of a file, or lists them.
pub fn run(command: &ModelsCommand) -> Result<Outcome, Failure> {
    let text = match command {
        ModelsCommand::Add { file } => {
            let added = model::add(file)?;
            let folder = model::folder()?;
            let line =
                |model: &&model::Model| format!("已安装 {}（{}）\n", model.name, folder.join(&model.file).display());
            added.iter().map(line).collect()
        }
        ModelsCommand::List => list()?,
    };
    output::deliver(None, |out| Ok(out.write_all(text.as_bytes())?))?;
    Ok(Outcome::Clean)
}

fn list() -> Result<String, Failure> {
    let mut grid = Grid::new(["模型", "文件", "状态", "许可", "来源"]);
    let mut remarks = String::new();
    for (model, state) in model::installed()? {
        let words = match &state {
            Ok(()) => "已安装",
            Err(model::ModelError::Missing { .. }) => "未安装",
            Err(_) => "不可用",
        };
        grid.push([model.name.as_str(), &model.file, words, &model.licence, &model.source]);
        if let Err(error) = state {
            remarks.push_str(&format!("\n{error}\n"));
        }
    }
    let folder = model::folder()?.display().to_string();
    Ok(format!("{}\n文件夹：{folder}\n{remarks}", grid.draw(output::view(None, false).width, false)))
}
