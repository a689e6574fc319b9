//! What is kept in memory alone: for whoever brought it, until an instant, never on disk.

use jiff::Timestamp;
use practice::id::AccountId;
use std::any::Any;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

struct Kept {
    id: Uuid,
    owner: AccountId,
    until: Timestamp,
    thing: Arc<dyn Any + Send + Sync>,
}

/// Things that pass: each has an owner, whom alone it is given to, and an end.
#[derive(Default)]
pub struct Passing(Mutex<Vec<Kept>>);

impl Passing {
    fn kept(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps something for its owner until an instant.
    pub fn keep<T: Any + Send + Sync>(&self, owner: AccountId, id: Uuid, until: Timestamp, thing: Arc<T>) {
        self.kept().push(Kept { id, owner, until, thing });
    }

    /// One thing of this owner, if it has not passed.
    pub fn get<T: Any + Send + Sync>(&self, owner: AccountId, id: Uuid, now: Timestamp) -> Option<Arc<T>> {
        self.sweep(now);
        let thing = self.kept().iter().find(|kept| kept.id == id && kept.owner == owner)?.thing.clone();
        thing.downcast().ok()
    }

    /// What this owner has here, the latest last, with its id and its end.
    pub fn of<T: Any + Send + Sync>(
        &self,
        owner: AccountId,
        now: Timestamp,
    ) -> Vec<(Uuid, Timestamp, Arc<T>)> {
        self.sweep(now);
        let kept = self.kept();
        let own = kept.iter().filter(|kept| kept.owner == owner);
        own.filter_map(|kept| Some((kept.id, kept.until, kept.thing.clone().downcast().ok()?))).collect()
    }

    /// Everybody's things of one kind: to count and weigh them, not to show them.
    pub fn everybody<T: Any + Send + Sync>(&self) -> Vec<Arc<T>> {
        self.kept().iter().filter_map(|kept| kept.thing.clone().downcast().ok()).collect()
    }

    /// Lets go of a thing before its end.
    pub fn forget(&self, owner: AccountId, id: Uuid) {
        self.kept().retain(|kept| kept.id != id || kept.owner != owner);
    }

    /// Lets go of everything that has passed.
    pub fn sweep(&self, now: Timestamp) {
        self.kept().retain(|kept| kept.until > now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_for_its_owner_alone_and_passes() {
        let passing = Passing::default();
        let (mine, yours) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
        let id = Uuid::from_u128(9);
        let (now, end) = (Timestamp::from_second(100).unwrap(), Timestamp::from_second(200).unwrap());
        passing.keep(mine, id, end, Arc::new("words".to_owned()));
        assert_eq!(passing.get::<String>(mine, id, now).as_deref().map(String::as_str), Some("words"));
        assert!(passing.get::<String>(yours, id, now).is_none());
        assert!(passing.get::<u8>(mine, id, now).is_none());
        passing.forget(yours, id);
        assert_eq!(passing.of::<String>(mine, now).len(), 1);
        assert!(passing.of::<String>(yours, now).is_empty());
        assert!(passing.get::<String>(mine, id, end).is_none());
        assert!(passing.everybody::<String>().is_empty());
    }
}
