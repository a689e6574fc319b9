//! Files that were sent with a form: judged by their content, made anew, put safely on the disk, and waiting
//! with the draft until it is filed.

use super::store;
use crate::entry::{File, KeptFile, file_of};
use crate::form::Upload;
use crate::who::Signed;
use crate::{Oops, Result};
use db::{Conn, args};
use files::Admitted;
use page::{FormErrors, Typed};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// A picture being decoded takes half a gigabyte at worst: two at once are enough.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// What was admitted, the copy kept of it, and that of its small picture.
type Safe = (Admitted, files::Kept, Option<files::Kept>);

/// Keeps every file that may be kept; says of the others why not, and how to send them after all.
pub(super) async fn keep(
    signed: &Signed,
    draft: Uuid,
    uploads: Vec<Upload>,
    wrong: &mut FormErrors,
) -> Result<()> {
    let app = &signed.app;
    let limit = app.settings.largest_file;
    let mut kept = vec![];
    for upload in uploads {
        let folder = app.files.clone();
        let name = upload.name.clone();
        let turn = AT_ONCE.acquire().await.map_err(|_| Oops::Broken("no file can be kept".to_owned()))?;
        let done = app
            .aside(move || -> Result<std::result::Result<Safe, files::Refused>> {
                let admitted = match files::admit(upload.bytes, &upload.name, limit) {
                    Ok(admitted) => admitted,
                    Err(refused) => return Ok(Err(refused)),
                };
                let broken = |fault: files::Fault| Oops::Broken(fault.to_string());
                let whole = folder.keep(&admitted.bytes).map_err(broken)?;
                let small = match &admitted.picture {
                    Some(picture) => Some(folder.keep(&picture.thumbnail.bytes).map_err(broken)?),
                    None => None,
                };
                Ok(Ok((admitted, whole, small)))
            })
            .await??;
        drop(turn);
        match done {
            Ok(one) => kept.push(one),
            Err(refused) => wrong.add("files", format!("{name}: {refused}")),
        }
    }
    if kept.is_empty() {
        return Ok(());
    }
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    for (admitted, whole, small) in kept {
        let pixels = admitted.picture.as_ref().map(|one| (one.width, one.height));
        let values = args![
            moment.id(),
            signed.account,
            draft,
            whole.hash.to_string(),
            i64::try_from(whole.size).unwrap_or(i64::MAX),
            admitted.kind.code(),
            &admitted.name,
            small.map(|one| one.hash.to_string()),
            pixels.map(|one| one.0),
            pixels.map(|one| one.1),
            moment.now()
        ];
        tx.run(store::WAIT, values).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The files that wait with a draft.
pub(super) async fn waiting(conn: &mut Conn, signed: &Signed, draft: Uuid) -> Result<Vec<File>> {
    let rows = conn.all(store::WAITING, args![draft, signed.account]).await?;
    rows.into_iter().map(file_of).collect()
}

/// A file as it is filed, with what it shows in the worker's words.
pub(super) fn filed(file: &File, typed: &Typed) -> KeptFile {
    let described = typed.some(&format!("described-{}", file.id)).map(str::to_owned);
    KeptFile {
        hash: file.hash,
        size: file.size,
        kind: file.kind,
        name: file.name.clone(),
        picture: file.thumbnail.zip(file.pixels).map(|(hash, (width, height))| (hash, width, height)),
        described: described.or_else(|| file.described.clone()),
    }
}
