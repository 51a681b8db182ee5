//! Rule files: the built-in sets hold, and broken files say what is wrong and how to mend it.

use jixiao::ruleset::{self, builtin};

#[test]
fn every_built_in_rule_set_is_valid_and_reproduces_its_examples() {
    for result in builtin::read_all() {
        match result {
            Ok(set) => assert!(!set.examples.is_empty(), "{} 没有算例", set.id),
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn built_in_sets_have_the_id_of_their_file() {
    let ids: Vec<&str> = builtin::ids().collect();
    let read: Vec<String> = builtin::sets().iter().map(|set| set.id.clone()).collect();
    assert_eq!(ids, read);
    assert!(ruleset::builtin::find("xinjiang-2024").is_some());
}
