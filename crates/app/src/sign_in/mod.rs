//! Signing in: passwords, codes, one-time links, sessions, and the forms kept when one had ended.

mod appears;
mod code;
mod crowd;
mod door;
mod help;
mod invitation;
mod kept;
mod me;
mod own;
mod pages;
mod passkey;
mod passkey_pages;
mod password;
mod set_up;
mod single;
mod single_pages;
pub(crate) mod store;
mod their_keys;
mod their_keys_pages;
mod theirs;
mod theirs_pages;
mod token_pages;
mod tokens;
mod tries;

pub use code::{RECOVERY, code_at, recovery_codes, secret, step_of, stored};
pub use door::{Attempt, Begun, attempt, become_person, become_worker, leave, sign_in_name};
pub use own::tidy;
pub use password::{LEAST, hash, is_right, judge};
pub use set_up::first_link;
pub use theirs::open_for_show;
pub use tokens::{ListedToken, MadeToken, MakeToken, end_token, list_tokens, make_token, maker};
pub use tries::{FREE, LONGEST, wait};

use crate::App;
use crate::room::{Place, Room};
use axum::Router;
use axum::routing::{get, post};

/// The room.
pub struct SignIn;

impl Room for SignIn {
    fn appears_in(&self) -> &'static [Place] {
        appears::PLACES
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/sign-in", get(pages::show).post(pages::enter))
            .route("/sign-in/demonstration", post(pages::be))
            .route("/sign-in/passkey", post(passkey_pages::ask))
            .route("/sign-in/passkey/shown", post(passkey_pages::enter))
            .route("/sign-in/council", get(single_pages::begin))
            .route("/sign-in/council/back", get(single_pages::back))
            .route("/my/sign-in", get(theirs_pages::show).post(theirs_pages::enter))
            .route("/my/sign-in/passkey", post(their_keys_pages::ask))
            .route("/my/sign-in/passkey/shown", post(their_keys_pages::enter))
            .route("/my/keys", get(their_keys_pages::show).post(their_keys_pages::add))
            .route("/my/keys/new", post(their_keys_pages::ask_more))
            .route("/my/keys/{id}", post(their_keys_pages::remove))
            .route("/my/sign-out", post(theirs_pages::sign_out))
            .route("/my/leave", get(theirs_pages::leave))
            .route("/my/language/{code}", get(theirs_pages::language))
            .route("/my/come-in/{token}", get(theirs_pages::invited).post(theirs_pages::come_in))
            .route("/invitation/{token}", get(invitation::show).post(invitation::send))
            .route("/kept", get(kept::show))
            .route("/kept/{id}", get(kept::show_one))
            .route("/kept/{id}/forget", post(kept::forget))
            .route("/sign-out", post(pages::leave))
            .route("/me", get(me::show))
            .route("/me/password", get(me::password_form).post(me::send_password))
            .route("/me/codes", get(me::codes_form).post(me::send_codes))
            .route("/me/phone", get(me::phone_form).post(me::send_phone))
            .route("/me/passkeys", post(passkey_pages::add))
            .route("/me/passkeys/new", get(passkey_pages::new).post(passkey_pages::send_new))
            .route("/me/passkeys/{id}", get(passkey_pages::show).post(passkey_pages::remove))
            .route("/me/tokens", get(token_pages::list))
            .route("/me/tokens/new", get(token_pages::new).post(token_pages::make))
            .route("/me/tokens/{id}", post(token_pages::end))
            .route("/administration/tokens", get(token_pages::everybodys))
            .route("/administration/tokens/{id}", post(token_pages::end_any))
            .route("/me/devices/others", post(me::end_others))
            .route("/me/devices/{device}", post(me::end_one))
            .route("/help", get(help::show))
            .route("/help/who-can-see", get(help::who_can_see))
            .route("/help/wrong", get(help::wrong))
    }
}

/// A page of our own to go on to; Today where it is not one.
pub fn local(next: Option<&str>) -> String {
    let fits = |next: &&str| {
        next.starts_with('/')
            && !next.starts_with("//")
            && !next.starts_with("/sign-")
            && next.len() <= 2000
            && !next.contains('\\')
            && !next.contains(|letter: char| letter.is_control())
    };
    next.filter(fits).unwrap_or("/today").to_owned()
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_our_own_pages_are_gone_on_to() {
        for own in ["/today", "/person/1?as=2#a", "/find?words=a%20b", "/"] {
            assert_eq!(local(Some(own)), own);
        }
        for other in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "\\/evil",
            "javascript:alert(1)",
            "/a\nb",
            "/sign-out",
            "today",
        ] {
            assert_eq!(local(Some(other)), "/today", "{other:?}");
        }
        assert_eq!(local(None), "/today");
    }
}
