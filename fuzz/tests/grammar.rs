//! Any text is a value, a figure, a rule file or a form file, or is said not to be understood.

use bolero::check;

#[test]
fn forms_file() {
    check!().with_iterations(2_000).with_type::<String>().for_each(|text| {
        let _ = jixiao::form::contract::read_forms(text);
    });
}
