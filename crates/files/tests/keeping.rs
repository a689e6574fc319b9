//! Keeping files: what is acknowledged is whole and stays, whatever happens to the process that wrote it.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::time::Duration;

use files::{Fault, Folder, Hash};

fn folder() -> (tempfile::TempDir, Folder) {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::open(&dir.path().join("attachments")).unwrap();
    (dir, folder)
}

#[test]
fn an_unusable_folder_is_refused_with_its_path() {
    let dir = tempfile::tempdir().unwrap();
    let in_the_way = dir.path().join("file");
    fs::write(&in_the_way, "x").unwrap();
    let error = Folder::open(&in_the_way).unwrap_err();
    assert!(matches!(error, Fault::Unusable { .. }));
    assert!(error.to_string().contains(in_the_way.to_str().unwrap()), "{error}");
    assert!(Folder::open(&in_the_way.join("below")).is_err());
    assert!(Folder::open(std::path::Path::new("/proc/attachments")).is_err());
}

#[test]
fn what_is_kept_comes_back() {
    let (_dir, folder) = folder();
    let kept = folder.keep(b"a drawing").unwrap();
    assert_eq!(kept.size, 9);
    assert_eq!(kept.hash, Hash::of(b"a drawing"));
    assert!(folder.exists(kept.hash));
    assert_eq!(folder.read(kept.hash).unwrap(), b"a drawing");
    assert_eq!(folder.verify(kept.hash).unwrap(), kept);
    let name = kept.hash.to_string();
    assert!(folder.path().join(&name[..2]).join(&name[2..4]).join(&name).is_file());
    let mut part = String::new();
    folder.open_file(kept.hash).unwrap().read_to_string(&mut part).unwrap();
    assert_eq!(part, "a drawing");
}

#[test]
fn keeping_again_changes_nothing() {
    let (_dir, folder) = folder();
    let first = folder.keep(b"same").unwrap();
    assert_eq!(folder.keep(b"same").unwrap(), first);
    assert_eq!(folder.all().map(Result::unwrap).collect::<Vec<_>>(), [first.hash]);
}

#[test]
fn nothing_is_made_up_for_an_absent_file() {
    let (_dir, folder) = folder();
    let absent = Hash::of(b"never sent");
    assert!(!folder.exists(absent));
    assert!(matches!(folder.read(absent), Err(Fault::Absent(h)) if h == absent));
    assert!(matches!(folder.verify(absent), Err(Fault::Absent(_))));
    folder.dispose(absent).unwrap();
}

#[test]
fn a_damaged_file_is_named_and_mended_by_keeping_it_again() {
    let (_dir, folder) = folder();
    let kept = folder.keep(b"the true words").unwrap();
    let name = kept.hash.to_string();
    let place = folder.path().join(&name[..2]).join(&name[2..4]).join(&name);
    fs::write(&place, b"the true w").unwrap();
    assert!(matches!(folder.read(kept.hash), Err(Fault::Damaged { hash, .. }) if hash == kept.hash));
    assert!(matches!(folder.verify(kept.hash), Err(Fault::Damaged { .. })));
    folder.keep(b"the true words").unwrap();
    assert_eq!(folder.read(kept.hash).unwrap(), b"the true words");
}

#[test]
fn a_backup_sees_each_file_once_in_order_and_nothing_else() {
    let (_dir, folder) = folder();
    let mut wanted: Vec<_> = (0..200_u32).map(|n| folder.keep(&n.to_le_bytes()).unwrap().hash).collect();
    wanted.sort();
    fs::write(folder.path().join("README"), "not ours").unwrap();
    fs::create_dir_all(folder.path().join("zz/yy")).unwrap();
    fs::write(folder.path().join("incoming/half"), "half").unwrap();
    assert_eq!(folder.all().map(Result::unwrap).collect::<Vec<_>>(), wanted);
    folder.dispose(wanted[0]).unwrap();
    assert_eq!(folder.all().count(), 199);
}

#[test]
fn leftovers_go_at_opening_but_not_what_another_process_is_writing() {
    let (_dir, folder) = folder();
    let left = folder.path().join("incoming/left");
    let held = folder.path().join("incoming/held");
    fs::write(&left, "half").unwrap();
    let writing = fs::File::create(&held).unwrap();
    writing.lock().unwrap();
    Folder::open(folder.path()).unwrap();
    assert!(!left.exists());
    assert!(held.exists());
}

#[test]
fn many_hands_at_once_keep_the_same_and_different_files() {
    let (_dir, folder) = folder();
    std::thread::scope(|scope| {
        for hand in 0..4_u32 {
            let folder = &folder;
            scope.spawn(move || {
                for n in 0..40_u32 {
                    folder.keep(&(n % 10).to_le_bytes()).unwrap();
                    folder.keep(&[hand.to_le_bytes(), n.to_le_bytes()].concat()).unwrap();
                    Folder::open(folder.path()).unwrap();
                }
            });
        }
    });
    assert_eq!(folder.all().count(), 10 + 160);
    for hash in folder.all() {
        folder.verify(hash.unwrap()).unwrap();
    }
}

const CHILD_FOLDER: &str = "ALONGSIDE_TEST_KEEPING_IN";

/// Not a test of its own: the process that the next test kills. It keeps files until it dies.
#[test]
fn child_that_keeps_until_killed() {
    let Some(path) = std::env::var_os(CHILD_FOLDER) else { return };
    let folder = Folder::open(path.as_ref()).unwrap();
    let start = u64::from(std::process::id()) << 32;
    for n in 0_u64.. {
        let bytes = (start + n).to_le_bytes().repeat(usize::try_from(1 + (n * 7_919) % 40_000).unwrap());
        let kept = folder.keep(&bytes).unwrap();
        println!("kept {}", kept.hash);
    }
}

#[test]
fn killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_is_half_written() {
    let (_dir, folder) = folder();
    let mut acknowledged = Vec::new();
    for round in 0..20_u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_keeps_until_killed", "--nocapture"])
            .env(CHILD_FOLDER, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        // Let it keep one file at least, then kill it somewhere in the next.
        while !line.contains("kept ") {
            line.clear();
            assert!(lines.read_line(&mut line).unwrap() > 0, "the child died of itself");
        }
        std::thread::sleep(Duration::from_micros(round * 1_237 % 20_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut rest = String::new();
        lines.read_to_string(&mut rest).unwrap();
        line.push_str(&rest);
        let whole = line.split_inclusive('\n').filter(|l| l.ends_with('\n'));
        acknowledged.extend(whole.filter_map(|l| Hash::parse(l.trim().rsplit(' ').next()?).ok()));
    }
    assert!(acknowledged.len() >= 20, "{}", acknowledged.len());
    for hash in &acknowledged {
        folder.verify(*hash).unwrap();
    }
    for hash in folder.all() {
        folder.verify(hash.unwrap()).unwrap();
    }
    Folder::open(folder.path()).unwrap();
    assert_eq!(fs::read_dir(folder.path().join("incoming")).unwrap().count(), 0);
}

#[cfg(feature = "encryption")]
mod locked {
    use super::*;
    use files::{Keys, NoKeys};
    use std::path::Path;

    const ONE: &str = "AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33";
    const WORDS: &[u8] = b"what Ash drew, and what Ash said of it";

    fn two() -> String {
        use age::secrecy::ExposeSecret;
        age::x25519::Identity::generate().to_string().expose_secret().to_owned()
    }

    fn keys(of: &[&str]) -> Keys {
        Keys::read(&of.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>()).unwrap()
    }

    fn in_the_clear(path: &Path) -> bool {
        fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).any(|path| {
            if path.is_dir() {
                in_the_clear(&path)
            } else {
                fs::read(path).unwrap().windows(8).any(|part| part == b"Ash drew")
            }
        })
    }

    #[test]
    fn a_locked_file_is_unreadable_without_its_key_and_whole_with_it() {
        let (_dir, clear) = folder();
        let locked = clear.clone().with_keys(keys(&[ONE]));
        let kept = locked.keep(WORDS).unwrap();
        assert_eq!(kept.hash, Hash::of(WORDS), "it is called what its clear bytes are called");
        assert!(!in_the_clear(clear.path()));
        assert_eq!(
            (locked.read(kept.hash).unwrap(), locked.verify(kept.hash).unwrap()),
            (WORDS.to_vec(), kept)
        );
        assert!(matches!(clear.read(kept.hash), Err(Fault::Locked(hash)) if hash == kept.hash));
        let another = clear.clone().with_keys(keys(&[&two()]));
        assert!(matches!(another.read(kept.hash), Err(Fault::Locked(_))));
        let rotated = clear.clone().with_keys(keys(&[&two(), ONE]));
        assert_eq!(rotated.read(kept.hash).unwrap(), WORDS, "an older key still opens what it locked");
        // streamed in and out, larger than one piece
        let large = vec![7; 300_000];
        let kept = locked.keep_as(Hash::of(&large), &large[..]).unwrap();
        let mut back = vec![];
        locked.open_file(kept.hash).unwrap().read_to_end(&mut back).unwrap();
        assert_eq!(back, large);
        locked.dispose(kept.hash).unwrap();
        assert!(!locked.exists(kept.hash));
    }

    #[test]
    fn a_damaged_locked_file_says_so_and_is_mended_by_keeping_it_again() {
        let (_dir, clear) = folder();
        let locked = clear.clone().with_keys(keys(&[ONE]));
        let kept = locked.keep(WORDS).unwrap();
        let name = kept.hash.to_string();
        let place = clear.path().join(&name[..2]).join(&name[2..4]).join(format!("{name}.age"));
        let mut bytes = fs::read(&place).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        fs::write(&place, &bytes).unwrap();
        assert!(locked.read(kept.hash).is_err());
        fs::write(&place, &bytes[..20]).unwrap();
        assert!(locked.verify(kept.hash).is_err());
        locked.keep(WORDS).unwrap();
        assert_eq!(locked.read(kept.hash).unwrap(), WORDS);
    }

    #[test]
    fn files_are_locked_locked_anew_and_unlocked_and_none_is_lost() {
        let (_dir, clear) = folder();
        let many: Vec<_> =
            (0..30_u32).map(|n| clear.keep(&[WORDS, &n.to_le_bytes()].concat()).unwrap().hash).collect();
        let other = two();
        for (before, after) in
            [(vec![], vec![ONE]), (vec![ONE], vec![&other[..]]), (vec![&other[..]], vec![])]
        {
            let (was, is) = (clear.clone().with_keys(keys(&before)), keys(&after));
            let mut heard = 0;
            assert_eq!(was.lock_anew(&is, &mut |done| heard = done).unwrap(), 30);
            assert_eq!(heard, 30);
            let now = clear.clone().with_keys(is.clone());
            assert_eq!(now.all().count(), 30);
            for hash in &many {
                now.verify(*hash).unwrap();
            }
            assert_eq!(in_the_clear(clear.path()), after.is_empty());
            assert_eq!(was.lock_anew(&is, &mut |_| ()).unwrap(), 30, "said again it changes nothing");
        }
    }

    #[test]
    fn a_change_of_lock_that_was_stopped_goes_on_when_it_is_said_again() {
        let (_dir, clear) = folder();
        let words = |n: u32| [WORDS, &n.to_le_bytes()].concat();
        let mut many: Vec<_> = (0..9).map(|n| (clear.keep(&words(n)).unwrap().hash, n)).collect();
        many.sort_unstable();
        let (middle, n) = many[4];
        let name = middle.to_string();
        fs::write(clear.path().join(&name[..2]).join(&name[2..4]).join(&name), "damaged").unwrap();
        let mut done = 0;
        assert!(matches!(clear.lock_anew(&keys(&[ONE]), &mut |n| done = n), Err(Fault::Damaged { .. })));
        assert_eq!(done, 4, "stopped on its way");
        clear.keep(&words(n)).unwrap();
        assert_eq!(clear.lock_anew(&keys(&[ONE]), &mut |_| ()).unwrap(), 9);
        let locked = clear.clone().with_keys(keys(&[ONE]));
        for (hash, _) in many {
            locked.verify(hash).unwrap();
        }
        assert!(!in_the_clear(clear.path()));
    }

    #[test]
    fn only_keys_of_age_are_keys() {
        assert_eq!(Keys::read(&["AGE-SECRET-KEY-1".to_owned()]).unwrap_err(), NoKeys::Unread);
        assert!(!Keys::read(&[]).unwrap().locks());
        assert!(!format!("{:?}", keys(&[ONE])).contains("AGE"));
    }
}
