//! What the picture of sixty people costs, and the six families of the tests as files to look at:
//! `cargo run --release -p picture --example sixty [FOLDER]`.
#![expect(clippy::print_stdout, reason = "an example speaks to whoever runs it")]
#![expect(clippy::panic, clippy::expect_used, reason = "an example may stop")]

#[path = "../tests/it/families.rs"]
mod families;

/// Milliseconds of processor time of this thread so far, as Linux counts it.
fn spent() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    let nanoseconds: f64 = text.split(' ').next().and_then(|word| word.parse().ok()).expect("a number");
    nanoseconds / 1e6
}

fn main() {
    if let Some(folder) = std::env::args().nth(1) {
        std::fs::create_dir_all(&folder).expect("a folder");
        for (name, family) in families::ALL {
            let family = family();
            let drawing = picture::draw(&family);
            println!(
                "{name}: {} people, {} by {}, {} crossings",
                family.people.len(),
                drawing.width,
                drawing.height,
                drawing.crossings()
            );
            for wrong in drawing.overlaps().into_iter().chain(drawing.struck()) {
                println!("  {wrong}");
            }
            let svg = drawing.svg(name, name, "the same is told in sentences");
            std::fs::write(format!("{folder}/{name}.svg"), svg).expect("a file");
            let told: Vec<String> = picture::told(&family).into_iter().map(|it| it.words).collect();
            std::fs::write(format!("{folder}/{name}.txt"), told.join("\n")).expect("a file");
        }
    }
    let family = families::sixty();
    let mut took: Vec<f64> = (0..20)
        .map(|_| {
            let began = spent();
            let svg = picture::draw(&family).svg("sixty", "Sixty people", "the same is told in sentences");
            assert!(svg.len() > 10_000, "a whole picture");
            spent() - began
        })
        .collect();
    took.sort_by(f64::total_cmp);
    println!(
        "{} people: {:.1} ms of processor time in the middle of 20, {:.1} ms at most (promised: at most 30 ms)",
        family.people.len(),
        took[10],
        took[19]
    );
}
