//! A form that somebody sent from their own space.

use super::{Sent, Upload, same_token};
use crate::who::Mine;
use crate::{App, Oops};
use axum::extract::{FromRequest, Request};
use page::Typed;

/// A form that was sent by somebody in their own space, from our own page.
pub struct PostedOwn {
    /// Who sent it.
    pub mine: Mine,
    /// What was typed.
    pub typed: Typed,
    /// What was attached.
    pub files: Vec<Upload>,
    /// The names of files that were too large and were let go, so that no word beside them was.
    pub let_go: Vec<String>,
}

impl FromRequest<App> for PostedOwn {
    type Rejection = Oops;

    async fn from_request(request: Request, app: &App) -> Result<Self, Oops> {
        let mine = Mine::from_headers(app, request.headers()).await?.ok_or(Oops::ComeIn)?;
        let Sent { typed, files, let_go } = Sent::read(app, request).await?;
        if !same_token(typed.get("csrf"), &mine.csrf) {
            return Err(Oops::Forged);
        }
        Ok(Self { mine, typed, files, let_go })
    }
}
