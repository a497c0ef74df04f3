//! The help of each command in both languages is exactly `tests/help/COMMAND.LANGUAGE.txt`.
//! Commands are found in the help of the command above them.

use std::collections::BTreeMap;
use std::fs;

use crate::fixture::{self, Folder};

#[test]
fn help_is_exact() {
    let folder = Folder::new();
    let mut actual = BTreeMap::new();
    for lang in ["de", "en"] {
        collect(&folder, &mut Vec::new(), lang, &mut actual);
    }
    let place = fixture::repository().join("tests/help");
    if fixture::update() {
        let _ = fs::remove_dir_all(&place);
        fs::create_dir_all(&place).unwrap();
        for (name, text) in &actual {
            fs::write(place.join(name), text).unwrap();
        }
    }
    let expected = fixture::files(&place);
    assert!(expected.keys().eq(actual.keys()), "{:?}\n{:?}", expected.keys(), actual.keys());
    for (name, text) in &actual {
        assert_eq!(text, &String::from_utf8_lossy(&expected[name]), "{name}");
    }
}

fn collect(folder: &Folder, command: &mut Vec<String>, lang: &str, texts: &mut BTreeMap<String, String>) {
    let mut args: Vec<&str> = command.iter().map(String::as_str).collect();
    args.extend(["--help", "--lang", lang]);
    let ran = fixture::run(folder.path(), &args);
    assert_eq!((ran.code, &*ran.stderr), (0, ""), "{command:?}");
    let name = if command.is_empty() { "kompendium".to_owned() } else { command.join("-") };
    for sub in commands(&ran.stdout) {
        command.push(sub);
        collect(folder, command, lang, texts);
        command.pop();
    }
    texts.insert(format!("{name}.{lang}.txt"), ran.stdout);
}

/// Lists the commands that a help names.
fn commands(help: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|it| !["Befehle:", "Commands:"].contains(it)).skip(1);
    let named = lines.take_while(|it| !it.is_empty()).filter_map(|it| it.split_whitespace().next());
    named.map(str::to_owned).collect()
}
