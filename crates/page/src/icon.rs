//! The small line drawings that go beside words. They never stand alone: the word beside them says the same.

use maud::{Markup, html};

/// A drawing that can stand beside a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Done, kept, met.
    Tick,
    /// Nearly due.
    Hourglass,
    /// Late, or a time.
    Clock,
    /// Write, record, correct.
    Pencil,
    /// Words to or from someone.
    Speech,
    /// Something to know.
    Know,
    /// Add one more.
    Plus,
    /// Held back from someone.
    HeldBack,
    /// Open only to named people.
    Lock,
    /// Shared with others.
    People,
    /// A sound recording.
    Microphone,
    /// A photo or video.
    Camera,
    /// Look for something.
    Search,
    /// Print, or keep as PDF.
    Printer,
    /// A paper or file.
    Paper,
    /// Copy the words.
    Copy,
    /// Missing, or taken away.
    Cross,
}

impl Icon {
    /// The outline of the drawing on a 24 by 24 grid.
    const fn outline(self) -> &'static str {
        match self {
            Self::Tick => "M4 13l5 5L20 6",
            Self::Hourglass => "M6 3h12M6 21h12M8 3c0 7 8 7 8 18M16 3c0 7-8 7-8 18",
            Self::Clock => "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l4 2",
            Self::Pencil => "M4 20l1-5L16 4l4 4L9 19z",
            Self::Speech => "M4 5h16v11H10l-5 4v-4H4z",
            Self::Know => "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7.5v5.5M12 16.5v.3",
            Self::Plus => "M12 5v14M5 12h14",
            Self::HeldBack => "M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6zM4 20L20 4",
            Self::Lock => "M5 11h14v9H5zM8 11V8a4 4 0 018 0v3",
            Self::People => {
                "M9 4.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 5a3.5 3.5 0 010 6M18 14.5c2 .8 3.5 3 3.5 5.5"
            }
            Self::Microphone => "M12 3a3 3 0 00-3 3v5a3 3 0 006 0V6a3 3 0 00-3-3zM5 11a7 7 0 0014 0M12 18v3",
            Self::Camera => "M4 8h4l2-3h4l2 3h4v11H4zM12 10a3.3 3.3 0 100 6.6 3.3 3.3 0 000-6.6z",
            Self::Search => "M10.5 4a6.5 6.5 0 100 13 6.5 6.5 0 000-13zM15.5 15.5L21 21",
            Self::Printer => "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
            Self::Paper => "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
            Self::Copy => "M8 8h12v13H8zM16 8V3H4v13h4",
            Self::Cross => "M6 6l12 12M18 6L6 18",
        }
    }
}

/// The drawing, hidden from screen readers because a word always stands beside it.
pub fn icon(icon: Icon) -> Markup {
    html! { svg.ic viewBox="0 0 24 24" aria-hidden="true" { path d=(icon.outline()) {} } }
}
