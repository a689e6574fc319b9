//! The web kit: the frame of a page, the pieces pages are made of, the form kit, and the stylesheet, scripts
//! and typeface inside the program. It knows how things look and read, and no rule of the practice.
//!
//! Every function returns [`Markup`] (or a value that maud renders), and every word given to it is escaped.
//! Pages must run under a Content-Security-Policy without inline script or style, and without scripts.

mod asset;
mod choice;
mod date;
mod document;
mod field;
mod form;
mod gallery;
mod hue;
mod icon;
mod layout;
mod list;
mod markup;
mod of_page;
mod own;
mod people;
mod record;
mod tell;

pub use asset::{Asset, asset, asset_href, has_typeface};
pub use choice::{Choice, Choices, check};
pub use date::{DateError, DateInput, DateParts, parse_time};
pub use document::{Block, Document, Line, Run};
pub use field::{Field, Width};
pub use form::{
    Button, Form, FormErrors, Post, Typed, button, buttons, copy_button, csrf, draft_bar, errors,
    errors_under, id_of, link_button, more_rows, post, print_button, shown_when,
};
pub use gallery::gallery;
pub use hue::Hue;
pub use icon::{Icon, icon};
pub use layout::{Layout, Link, Me, NavItem, Printed, Tabs, layout, tabs};
pub use list::{
    Column, FileRow, Number, Pages, Ready, SummaryRow, file_list, numbers, pagination, ready_list, rows,
    steps, summary_list, table, tiles,
};
pub use maud::{Markup, Render, html};
pub use own::{OwnLayout, Spoken, own_layout};
pub use people::{
    Avatar, PersonHeader, Size, Voice, avatar, avatars, chip, chips, person_header, tags, voice, who,
};
pub use record::{
    Clock, ClockState, Entry, Promise, Track, clock, entry, meter, progress, promise, ribbon, timeline,
    under_way, year,
};
pub use tell::{
    Glass, Tag, confirmation, details, empty, glass, heading_row, held, know, note, restricted, tag, well,
};
