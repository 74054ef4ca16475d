use std::{env, fs};
fn main() {
    let t: Vec<String> = env::args()
        .skip(1)
        .map(|p| airights_text::decode(&fs::read(p).unwrap()).unwrap().into_owned())
        .collect();
    for _ in 0..40 {
        for x in &t {
            std::hint::black_box(airights_text::read(x));
        }
    }
}
