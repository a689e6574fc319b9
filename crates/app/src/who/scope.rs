//! What a token may be used for. A scope narrows; it never gives what its maker may not do.

macro_rules! scopes {
    ($($name:ident = $code:literal, $plain:literal;)*) => {
        /// One thing a token may be used for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Scope {
            $(#[doc = $plain] $name,)*
        }

        impl Scope {
            /// Every scope, in the order a page lists them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word stored, and written in commands and in the document.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What a page says of it.
            pub const fn plain(self) -> &'static str {
                match self { $(Self::$name => $plain,)* }
            }
        }
    };
}

scopes! {
    PeopleRead = "people:read", "Find people and read who they are";
    PeopleWrite = "people:write", "Add people, and record more of who they are";
    EntriesRead = "entries:read", "Read entries and promises";
    EntriesWrite = "entries:write", "Record and correct entries";
    PromisesWrite = "promises:write", "Say what became of promises";
    PathwayRead = "pathway:read", "Read episodes, steps, dates, and who works with someone";
    EpisodesWrite = "episodes:write", "Open and end episodes";
    StepsWrite = "steps:write", "Record and finish steps";
    AllocationsWrite = "allocations:write", "Say who works with someone";
    TeamsRead = "teams:read", "Read teams";
    TodayRead = "today:read", "Read Today";
}

impl Scope {
    /// The scope with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|scope| scope.code() == code)
    }

    /// The scopes written between spaces; what is not one is left out.
    pub fn read(words: &str) -> Vec<Self> {
        words.split_whitespace().filter_map(Self::from_code).collect()
    }

    /// These scopes, between spaces.
    pub fn written(scopes: &[Self]) -> String {
        scopes.iter().map(|scope| scope.code()).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn scopes_are_read_as_they_were_written() {
        assert_eq!(Scope::read(&Scope::written(Scope::ALL)), Scope::ALL);
        assert_eq!(Scope::read("people:read everything"), [Scope::PeopleRead]);
    }
}
