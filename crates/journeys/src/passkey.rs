//! Coming in with a passkey, kept by a device that the browser's driver plays.

use crate::browser::Window;
use crate::stories::be;
use anyhow::{Context, Result};
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// A command of the driver's that only it knows: a device that keeps passkeys, and whether its owner is there.
#[derive(Debug)]
struct Device {
    path: String,
    body: Value,
}

impl WebDriverCompatibleCommand for Device {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/webauthn/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

async fn plug_in(window: &Window<'_>) -> Result<String> {
    let body = json!({
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
        "isUserConsenting": true, "isUserVerified": true,
    });
    let device = window.client.issue_cmd(Device { path: "authenticator".to_owned(), body }).await?;
    Ok(device.as_str().context("the device has no name")?.to_owned())
}

/// Whether the owner's finger is on it.
async fn finger(window: &Window<'_>, device: &str, there: bool) -> Result<()> {
    let path = format!("authenticator/{device}/uv");
    window.client.issue_cmd(Device { path, body: json!({"isUserVerified": there}) }).await?;
    Ok(())
}

/// Adds a passkey, comes in with it, and does not come in without the owner, nor once it is removed.
pub(crate) async fn passkey(window: &Window<'_>, who: &str) -> Result<()> {
    let device = plug_in(window).await?;
    be(window, who).await?;
    window.go("/me").await?;
    window.press("Add a passkey").await?;
    window.type_in("name", "my work phone").await?;
    window.press("Go on").await?;
    window.sees("Your passkey is added").await?;
    window.sees("my work phone").await?;
    window.press("Sign out").await?;
    window.go("/sign-in?with=password&next=/find").await?;
    window.press("Sign in with a passkey").await?;
    window.sees("Find").await?;
    window.sees(who).await?;
    window.go("/me").await?;
    window.sees("last used").await?;
    window.press("Sign out").await?;
    // its owner is not there
    finger(window, &device, false).await?;
    window.go("/sign-in?with=password").await?;
    window.press("Sign in with a passkey").await?;
    window.sees("It was not done").await?;
    finger(window, &device, true).await?;
    window.press("Use my passkey").await?;
    window.sees(who).await?;
    // removed here it opens nothing, though the device still has it
    window.go("/me").await?;
    window.press("Remove").await?;
    window.press("Remove it").await?;
    window.sees("The passkey is removed").await?;
    window.press("Sign out").await?;
    window.go("/sign-in?with=password").await?;
    window.press("Sign in with a passkey").await?;
    window.sees("This passkey is not kept here").await
}
