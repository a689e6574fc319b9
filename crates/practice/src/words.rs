//! One small macro for the closed lists of practice: each has a stored word and a plain word.

/// A closed list whose members have a stored code and plain words for a page.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal, $plain:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[doc = $plain] #[serde(rename = $code)] $variant,)*
        }

        impl $name {
            /// Every member, in the order a page lists them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word stored and used in files and addresses.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The words a page shows.
            pub const fn plain(self) -> &'static str {
                match self { $(Self::$variant => $plain,)* }
            }

            /// Reads the stored word.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.plain())
            }
        }
    };
}

pub(crate) use words;
