//! Reads every language's words and writes one function for each message, so that a word that is missing or wrongly
//! filled in does not compile. English says which messages there are; every other file must hold the same ones.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use fluent_syntax::parser;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

/// The variables of a message; true where a number is wanted, because the words depend on how many.
/// In the order in which English says them.
type Variables = Vec<(String, bool)>;

fn main() {
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("words");
    println!("cargo::rerun-if-changed={}", folder.display());
    let made = make(&folder).and_then(|code| {
        let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("messages.rs");
        fs::write(&out, code).map_err(|error| format!("{}: {error}", out.display()))
    });
    if let Err(words) = made {
        println!("cargo::error={words}");
        process::exit(1);
    }
}

fn make(folder: &Path) -> Result<String, String> {
    let mut files: Vec<(String, PathBuf)> = fs::read_dir(folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .filter_map(Result::ok)
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|end| end == "ftl"))
        .filter_map(|path| Some((path.file_stem()?.to_str()?.to_owned(), path)))
        .collect();
    // English first: it is what is spoken where nothing else is asked for
    files.sort_by_key(|(code, _)| (code != "en", code.clone()));
    let (_, first) = files.first().filter(|(code, _)| code == "en").ok_or("en.ftl is missing")?;
    let (english, texts) = read(first)?;
    for (code, path) in files.iter().skip(1) {
        let (theirs, _) = read(path)?;
        compare(code, &english, &theirs)?;
    }
    let mut out = String::from("pub(crate) static FILES: &[(&str, &str)] = &[\n");
    for (code, path) in &files {
        println!("cargo::rerun-if-changed={}", path.display());
        let _ = writeln!(out, "    ({code:?}, include_str!({:?})),", path.display().to_string());
    }
    out.push_str("];\n\nimpl Words {\n");
    for (id, variables) in &english {
        let text = texts.get(id).map_or("", String::as_str);
        function(&mut out, id, variables, text);
    }
    out.push_str("}\n");
    Ok(out)
}

fn function(out: &mut String, id: &str, variables: &Variables, text: &str) {
    let name = id.replace('-', "_");
    let said = text.split_whitespace().collect::<Vec<_>>().join(" ").replace(['[', ']'], "");
    let _ = writeln!(out, "    /// `{}`", said.replace('`', "'"));
    let said = |number: bool| if number { "i64" } else { "&str" };
    let arguments: Vec<String> =
        variables.iter().map(|(name, number)| format!("{name}: {}", said(*number))).collect();
    let values: Vec<String> =
        variables.iter().map(|(name, _)| format!("({name:?}, {name}.into())")).collect();
    let comma = if arguments.is_empty() { "" } else { ", " };
    let _ = writeln!(out, "    pub fn {name}(&self{comma}{}) -> String {{", arguments.join(", "));
    let _ = writeln!(out, "        self.say({id:?}, &[{}])\n    }}", values.join(", "));
}

fn compare(
    code: &str,
    english: &BTreeMap<String, Variables>,
    theirs: &BTreeMap<String, Variables>,
) -> Result<(), String> {
    for (id, variables) in english {
        let Some(held) = theirs.get(id) else { return Err(format!("message {id} is missing in {code}.ftl")) };
        if let Some(more) = held.iter().map(|one| &one.0).find(|name| !holds(variables, name)) {
            return Err(format!("message {id} in {code}.ftl uses ${more}, which English does not give"));
        }
        if let Some(less) = variables.iter().map(|one| &one.0).find(|name| !holds(held, name)) {
            return Err(format!("message {id} in {code}.ftl leaves out ${less}"));
        }
    }
    match theirs.keys().find(|id| !english.contains_key(*id)) {
        Some(more) => Err(format!("message {more} in {code}.ftl is not in en.ftl")),
        None => Ok(()),
    }
}

fn holds(variables: &Variables, name: &str) -> bool {
    variables.iter().any(|one| one.0 == name)
}

fn note(into: &mut Variables, name: &str, counts: bool) {
    match into.iter_mut().find(|one| one.0 == name) {
        Some(held) => held.1 = held.1 || counts,
        None => into.push((name.to_owned(), counts)),
    }
}

type Read = (BTreeMap<String, Variables>, BTreeMap<String, String>);

fn read(path: &Path) -> Result<Read, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let parsed = parser::parse(text.as_str())
        .map_err(|(_, errors)| format!("{}: {:?}", path.display(), errors.first()))?;
    let (mut messages, mut texts) = (BTreeMap::new(), BTreeMap::new());
    for entry in &parsed.body {
        let Entry::Message(message) = entry else { continue };
        let Some(value) = &message.value else {
            return Err(format!("{}: message {} has no words", path.display(), message.id.name));
        };
        let mut variables = Variables::new();
        gather(value, &mut variables);
        let id = message.id.name.to_owned();
        texts.insert(id.clone(), plain(value));
        if messages.insert(id.clone(), variables).is_some() {
            return Err(format!("{}: message {id} stands twice", path.display()));
        }
    }
    Ok((messages, texts))
}

fn plain(pattern: &Pattern<&str>) -> String {
    pattern
        .elements
        .iter()
        .map(|element| match element {
            PatternElement::TextElement { value } => (*value).to_owned(),
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => {
                format!("{{{}}}", id.name)
            }
            PatternElement::Placeable { .. } => "{...}".to_owned(),
        })
        .collect()
}

fn gather(pattern: &Pattern<&str>, into: &mut Variables) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => inline_names(inline, into),
            Expression::Select { selector, variants } => {
                let counts = variants.iter().any(|variant| match variant.key {
                    VariantKey::NumberLiteral { .. } => true,
                    VariantKey::Identifier { name } => {
                        matches!(name, "zero" | "one" | "two" | "few" | "many")
                    }
                });
                if let InlineExpression::VariableReference { id } = selector {
                    note(into, id.name, counts);
                }
                for variant in variants {
                    gather(&variant.value, into);
                }
            }
        }
    }
}

fn inline_names(inline: &InlineExpression<&str>, into: &mut Variables) {
    match inline {
        InlineExpression::VariableReference { id } => {
            note(into, id.name, false);
        }
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(inner) = expression.as_ref() {
                inline_names(inner, into);
            }
        }
        _ => {}
    }
}
