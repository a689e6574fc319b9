//! Files that were sent with a form: judged by their content, made anew, put safely on the disk, and waiting
//! with the draft until it is filed.

use super::store;
use crate::Result;
use crate::entry::{File, KeptFile, file_of};
use crate::form::{Safe, Upload, admit};
use crate::who::Signed;
use db::{Conn, args};
use page::{FormErrors, Typed};
use uuid::Uuid;

/// Keeps every file that may be kept; says of the others why not, and how to send them after all.
pub(super) async fn keep(
    signed: &Signed,
    draft: Uuid,
    uploads: Vec<Upload>,
    wrong: &mut FormErrors,
) -> Result<()> {
    let app = &signed.app;
    let mut kept = vec![];
    for upload in uploads {
        let name = upload.name.clone();
        match admit(app, upload).await? {
            Ok(one) => kept.push(one),
            Err(refused) => wrong.add("files", format!("{name}: {refused}")),
        }
    }
    if kept.is_empty() {
        return Ok(());
    }
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    for Safe { admitted, whole, small } in kept {
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
