//! After a disposal is committed: files off the disk, and nothing left in the database's own files.

use super::store;
use crate::{App, Result};
use db::args;
use files::Hash;

/// What stands among the files for the database's own: swept last.
pub(super) const DATABASE: &str = "database";

/// Takes files off the disk whose rows are gone and that nothing else needs, then sweeps the database. Called after a
/// disposal, and each night for what an interrupted one left; asks nothing where nothing waits.
///
/// # Errors
/// Where a file or the database refuses; what is left is done the next time.
pub async fn finish(app: &App) -> Result<u64> {
    let mut done = 0;
    let mut sweep = false;
    loop {
        let mut conn = app.db.read().await?;
        let waiting: Vec<(String,)> = conn.all(store::ERASING_ALL, args![]).await?;
        drop(conn);
        sweep |= waiting.iter().any(|(name,)| name == DATABASE);
        if waiting.iter().all(|(name,)| name == DATABASE) {
            break;
        }
        for (name,) in waiting.into_iter().filter(|(name,)| name != DATABASE) {
            let mut tx = app.db.write().await?;
            if let (0, Ok(hash)) = (tx.number(store::IN_USE, args![&name]).await?, name.parse::<Hash>()) {
                let folder = app.files.clone();
                app.aside(move || folder.dispose(hash))
                    .await?
                    .map_err(|fault| crate::Oops::Broken(fault.to_string()))?;
            }
            tx.run(store::ERASED, args![&name]).await?;
            tx.commit().await?;
            done += 1;
        }
    }
    if sweep {
        app.db.sweep().await?;
        let mut tx = app.db.write().await?;
        tx.run(store::ERASED, args![DATABASE]).await?;
        tx.commit().await?;
    }
    Ok(done)
}
