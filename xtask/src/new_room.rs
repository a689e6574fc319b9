//! A new room that stands at once: its folder with a first page and its test, and its line wherever a room has one.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// The files of a room.
const FILES: [(&str, &str); 5] = [
    ("mod.rs", include_str!("new_room/mod.rs.txt")),
    ("actions.rs", include_str!("new_room/actions.rs.txt")),
    ("store.rs", include_str!("new_room/store.rs.txt")),
    ("pages.rs", include_str!("new_room/pages.rs.txt")),
    ("tests.rs", include_str!("new_room/tests.rs.txt")),
];

/// Makes the room, and says what is left to do by hand.
pub(crate) fn make(top: &Path, name: &str) -> Result<()> {
    if !is_a_word(name) {
        bail!("a room is named by the domain's own word, in small letters: `family_group_conference`");
    }
    let folder = top.join("crates/app/src").join(name);
    if folder.exists() || folder.with_extension("rs").exists() {
        bail!("there is a room or a file `{name}` already");
    }
    let told = Told::of(name);
    // everything is worked out before anything is written
    let lines: Vec<(&str, String)> = told
        .lines()
        .into_iter()
        .map(|line| {
            let text = fs::read_to_string(top.join(line.file)).context(line.file)?;
            Ok((line.file, line.into(&text)?))
        })
        .collect::<Result<_>>()?;
    fs::create_dir_all(&folder)?;
    for (file, text) in FILES {
        fs::write(folder.join(file), told.tell(text))?;
    }
    for (file, text) in &lines {
        fs::write(top.join(file), text)?;
    }
    eprintln!(
        "Made crates/app/src/{name} and its line in {}. Say `cargo fmt`.\n\
         It compiles, is tidy, and shows a page at /{}. Now say what it is where it says `say what`, and as it grows add:\n  \
         its tables in migrations/postgres, then `cargo xtask schema`, and what each column means in faces/everything/words.toml\n  \
         `appears_in`: where people appear in them\n  \
         docs/practice/access-walk.md: who may open each further address",
        lines.iter().map(|(file, _)| *file).collect::<Vec<_>>().join(", "),
        told.address,
    );
    Ok(())
}

fn is_a_word(name: &str) -> bool {
    let edges = name.starts_with('_') || name.ends_with('_') || name.contains("__");
    !name.is_empty() && !edges && name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_')
}

/// A room's name in its forms.
struct Told<'a> {
    name: &'a str,
    plain: String,
    title: String,
    address: String,
}

impl<'a> Told<'a> {
    fn of(name: &'a str) -> Self {
        let plain = name.replace('_', " ");
        let title = plain[..1].to_uppercase() + &plain[1..];
        Self { name, plain, title, address: name.replace('_', "-") }
    }

    fn tell(&self, text: &str) -> String {
        text.replace("NAME", &self.plain).replace("TITLE", &self.title).replace("ADDRESS", &self.address)
    }

    /// The lines that say that the room is there.
    fn lines(&self) -> Vec<Line> {
        let Self { name, plain, address, .. } = self;
        vec![
            Line {
                file: "crates/app/src/lib.rs",
                after: "// the rooms\n",
                words: format!("pub mod {name};\n"),
            },
            Line {
                file: "crates/app/src/rooms.rs",
                after: "pub static ROOMS: &[&dyn Room] = &[\n    &crate::person::Here,\n",
                words: format!("    &crate::{name}::Here,\n"),
            },
            Line {
                file: "crates/app/src/statements.rs",
                after: "pub const FILES: &[(&str, &[(&str, &str)])] = &[\n",
                words: format!("    (\"{name}\", crate::{name}::store::ALL),\n"),
            },
            Line {
                file: "crates/app/tests/it/main.rs",
                after: "mod walk;\n\n",
                words: format!("#[path = \"../../src/{name}/tests.rs\"]\nmod {name};\n"),
            },
            Line {
                file: "ARCHITECTURE.md",
                after: "| room | what people do there |\n|---|---|\n",
                words: format!("| `{name}` | Say what people do there |\n"),
            },
            Line {
                file: "GLOSSARY.md",
                after: "| word | meaning | in law and in councils |\n|---|---|---|\n",
                words: format!("| {plain} | say what it is | |\n"),
            },
            Line {
                file: "docs/practice/access-walk.md",
                after: "| Their own pages | ",
                words: format!("`GET /{address}` "),
            },
        ]
    }
}

/// A line, and after which words of which file it stands.
struct Line {
    file: &'static str,
    after: &'static str,
    words: String,
}

impl Line {
    fn into(self, text: &str) -> Result<String> {
        let Some((before, after)) = text.split_once(self.after) else {
            bail!("{}: `{}` is not there to stand behind", self.file, self.after.trim());
        };
        Ok([before, self.after, &self.words, after].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// That it compiles is seen by whoever makes one: `.ci/run` makes one and checks it.
    #[test]
    fn a_room_has_its_line_everywhere_and_is_made_once() {
        let top = tempfile::tempdir().unwrap();
        let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for line in Told::of("family_group_conference").lines() {
            let path = top.path().join(line.file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::copy(house.join(line.file), path).unwrap();
        }
        make(top.path(), "family_group_conference").unwrap();
        let read = |file: &str| fs::read_to_string(top.path().join(file)).unwrap();
        for (file, words) in [
            ("crates/app/src/lib.rs", "\npub mod family_group_conference;\n"),
            ("crates/app/src/rooms.rs", "\n    &crate::family_group_conference::Here,\n"),
            ("crates/app/src/statements.rs", "crate::family_group_conference::store::ALL),\n"),
            ("crates/app/tests/it/main.rs", "mod family_group_conference;\n"),
            ("ARCHITECTURE.md", "\n| `family_group_conference` |"),
            ("GLOSSARY.md", "\n| family group conference |"),
            ("docs/practice/access-walk.md", "| `GET /family-group-conference` "),
            ("crates/app/src/family_group_conference/pages.rs", "title: \"Family group conference\""),
        ] {
            assert_eq!(read(file).matches(words).count(), 1, "{file}");
        }
        let before = read("ARCHITECTURE.md");
        assert!(make(top.path(), "family_group_conference").is_err());
        for wrong in ["", "Family", "family-group", "_family", "family__group", "../x"] {
            assert!(make(top.path(), wrong).is_err(), "{wrong}");
        }
        assert_eq!(read("ARCHITECTURE.md"), before);
    }
}
