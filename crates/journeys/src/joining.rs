//! Two records of one person: the data officer sees the likely pair, compares the two, joins them, and undoes it.

use crate::browser::Window;
use crate::stories::{be, id_of};
use anyhow::{Context, Result};

/// Tells it. `listed` where nobody has joined the two yet, so that the night's look still lists them.
pub(crate) async fn joining(window: &Window<'_>, listed: bool) -> Result<()> {
    be(window, "Sol Whitaker").await?;
    window.go("/joining").await?;
    window.is_well().await?;
    window.picture(&window.named("joining-list")).await?;
    if listed {
        window.sees("Compare E").await.context("the likely pair is listed at once")?;
        window.sees("Marchbanks").await?;
    }
    let (kept, other) = (id_of(window, "Elliot Marchbanks").await?, id_of(window, "Eliot Marchbanks").await?);
    window.go(&format!("/person/{kept}/join")).await?;
    window.is_well().await?;
    window.go(&format!("/person/{kept}/join/{other}")).await?;
    window.sees("Are these two one person?").await?;
    // who they are and no more: the data officer works with neither
    window.sees("Council id").await?;
    window.sees_not("Tanyard").await?;
    window.is_well().await?;
    window.picture(&window.named("joining-compare")).await?;
    window
        .type_in("reason", "The school nurse says that there is one child of that name in year four")
        .await?;
    window.choose("names", "kept").await?;
    window.press("Join the two records").await?;
    window.sees("Two records of one person").await?;
    window.sees("one child of that name").await?;
    window.is_well().await?;
    window.picture(&window.named("joining-joined")).await?;
    let joined = window.path().await?;
    window.go(&format!("/person/{kept}/join/{other}")).await?;
    window.sees_not("Join the two records").await.context("what is joined is not joined again")?;
    window.go(&joined).await?;
    window.type_in("reason", "There are two after all: cousins with the same birthday").await?;
    window.press("Make them two records again").await?;
    window.sees("Undone on").await?;
    window.is_well().await?;
    window.go(&format!("/person/{kept}/join/{other}")).await?;
    window.sees("Are these two one person?").await
}
