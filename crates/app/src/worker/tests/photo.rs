//! A photo that a worker puts up of themselves: seen by those they work with, by nobody else, and gone once it is taken away.

use axum::http::StatusCode;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::role::Role;
use testkit::both;

const PICTURE: &[u8] = include_bytes!("../../../tests/data/small.png");

#[tokio::test]
async fn a_child_sees_the_face_of_who_works_with_them_and_nobody_else_does() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let owen = t.worker("Owen Pike", Role::SocialWorker, team).await;
        let josie = t.person("Josie Hart", date(2013, 5, 4)).await;
        let sam = t.person("Sam Doyle", date(1988, 3, 9)).await;
        t.allocate(josie, &nadia, AllocationKind::Responsible).await;
        let mut browser = t.signed_in(&nadia).await;
        let mut child = t.own_space(josie).await;
        let face = format!("/my/people/{}/photo", nadia.id);
        let before = child.get("/my/people").await;
        assert!(
            !before.text.contains("<img") && before.words().contains("NF"),
            "initials: {}",
            before.words()
        );
        assert_eq!(child.get(&face).await.status, StatusCode::NOT_FOUND);
        assert!(browser.get("/me").await.text.contains("/me/photo"));
        let none = browser.post_files("/me/photo", &[], &[]).await;
        assert!(none.words().contains("Choose a photo"), "{}", none.words());
        let bad = browser.post_files("/me/photo", &[], &[("photo", "me.jpg", b"not a picture")]).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = browser.post_files("/me/photo", &[], &[("photo", "me.txt", b"Only words here.")]).await;
        assert_eq!(text.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", text.words());
        for _ in 0..2 {
            let done = browser.post_files("/me/photo", &[], &[("photo", "me.png", PICTURE)]).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        }
        let own = browser.get("/me/photo/picture").await;
        assert_eq!((own.status, &own.bytes[..2]), (StatusCode::OK, &[0xff, 0xd8][..]));
        for page in ["/my/people", "/my"] {
            let shown = child.get(page).await;
            assert!(
                shown.text.contains(&format!("src=\"{face}\" alt=\"\" loading=\"lazy\"")),
                "{page}: {}",
                shown.text
            );
            assert!(shown.text.len() < 40 * 1024);
        }
        let sent = child.get(&face).await;
        assert_eq!(sent.status, StatusCode::OK);
        assert!(sent.bytes.len() <= 4_000, "{}", sent.bytes.len());
        // of those who do not work with them they see no face, and others do not see hers
        assert_eq!(child.get(&format!("/my/people/{}/photo", owen.id)).await.status, StatusCode::NOT_FOUND);
        let mut other = t.own_space(sam).await;
        assert_eq!(other.get(&face).await.status, StatusCode::NOT_FOUND);
        // nobody puts up or takes away another's
        let mut colleague = t.signed_in(&owen).await;
        assert_eq!(colleague.post("/me/photo/away", &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(colleague.get("/me/photo/picture").await.status, StatusCode::SEE_OTHER);
        assert_eq!(child.get(&face).await.status, StatusCode::OK);
        assert_eq!(browser.post("/me/photo/away", &[]).await.status, StatusCode::SEE_OTHER);
        assert!(browser.get("/me/photo?done=away").await.words().contains("They see your initials"));
        assert_eq!(child.get(&face).await.status, StatusCode::NOT_FOUND);
        assert!(!child.get("/my/people").await.text.contains("<img"));
    })
    .await;
}
