//! Forty crates on one registry, on which most stories of the ladder are told.

use std::sync::OnceLock;

use super::licensed;
use crate::support::{Crate, Registry, Workspace, license_text};

/// A version a line: name, version, license; then, behind commas, what it `needs`, what it `may` need, each `feature` with
/// what that turns on, or that it was `yanked`. The policy of the stories allows MIT and nothing else.
const CRATES: &str = "\
# Another version is enough.
parser 1.0.0 MIT
parser 1.1.0 MIT
parser 1.2.0 GPL-3.0-only
parser 1.3.0 GPL-3.0-only
parser 2.0.0 MIT

# The newest version that complies brings in what does not.
printer 1.1.0 MIT
printer 1.2.0 MIT, needs typesetter 1
printer 1.3.0 GPL-3.0-only
typesetter 1.0.0 GPL-3.0-only
typesetter 1.0.1 GPL-3.0-only

# A dependent has to move, and those above and beside it stay.
shelf 1.0.0 MIT, needs reader 1
shelf 1.1.0 MIT, needs reader 1
reader 1.0.0 MIT, needs grammar ^1.0
reader 1.1.0 MIT, needs grammar ^1.1
grammar 1.0.0 MIT
grammar 1.1.0 GPL-3.0-only
grammar 1.2.0 GPL-3.0-only
atlas 1.0.0 MIT
atlas 1.1.0 MIT, needs projection 1
projection 1.0.0 GPL-3.0-only

# A feature brings it in, by default or where it is asked for.
client 1.0.0 MIT, may socket 1, feature default std net, feature std, feature net dep:socket
painter 1.0.0 MIT, may canvas 1, feature fast, feature screen dep:canvas
socket 1.0.0 GPL-3.0-only
canvas 1.0.0 GPL-3.0-only

# Two features of one crate bring in one each.
studio 1.0.0 MIT, may camera 1, may microphone 1, feature default light film sound, feature light, \
feature film dep:camera, feature sound dep:microphone
camera 1.0.0 GPL-3.0-only
microphone 1.0.0 GPL-3.0-only

# A feature brings in one, and only another major version is without the other.
workbench 1.0.0 MIT, may hammer 1, needs saw 1, feature default nails, feature nails dep:hammer
workbench 2.0.0 MIT
hammer 1.0.0 GPL-3.0-only
saw 1.0.0 GPL-3.0-only

# Another major version complies, of the crate itself or of what leads to it.
writer 0.9.0 MIT
writer 1.0.0 GPL-3.0-only
writer 2.0.0 MIT
writer 2.1.0 MIT
writer 3.0.0 GPL-3.0-only
server 1.0.0 MIT, needs wire 1
server 2.0.0 MIT, needs wire 2
server 3.0.0 MIT, needs wire 1
wire 1.0.0 GPL-3.0-only
wire 2.0.0 MIT

# Other crates do the same job, as the reviewed table knows.
adler 1.0.2 GPL-3.0-only
adler2 2.0.0 MIT
adler2 2.1.0 GPL-3.0-only
fxhash 0.2.1 GPL-3.0-only
rustc-hash 2.0.0 MIT
rustc-hash 2.1.0 MIT
rustc-hash 2.2.0 GPL-3.0-only

# The last version that complies was taken back.
vault 1.0.0 MIT
vault 1.1.0 MIT, yanked
vault 1.2.0 GPL-3.0-only
bank 1.0.0 MIT, needs vault ^1.1

# What depends on it asks for the denied version, and has no other one itself.
ledger 1.0.0 MIT, needs coin =1.2.0
coin 1.0.0 MIT
coin 1.1.0 MIT
coin 1.2.0 GPL-3.0-only
coin 2.0.0 MIT

# One needs the denied version of the other.
front 1.0.0 MIT
front 1.1.0 GPL-3.0-only, needs back =1.1.0
back 1.0.0 MIT
back 1.1.0 GPL-3.0-only

# Neither can move without the other, nor without what both hang on.
left 1.0.0 MIT, needs hinge =1.0.0
left 1.1.0 GPL-3.0-only, needs hinge =1.1.0
right 1.0.0 MIT, needs hinge =1.0.0
right 1.1.0 GPL-3.0-only, needs hinge =1.1.0
hinge 1.0.0 MIT
hinge 1.1.0 MIT

# One move helps both, and costs less than one for each.
hub 1.0.0 MIT
hub 1.1.0 MIT, needs tokens 1, needs spans 1
tokens 1.0.0 MIT
tokens 1.1.0 GPL-3.0-only
spans 1.0.0 MIT
spans 1.1.0 GPL-3.0-only

# The cheapest ways out of each do not go together.
violin 1.1.0 MIT, needs pitch =1.0.0
violin 1.2.0 GPL-3.0-only, needs pitch 1
flute 1.1.0 MIT, needs pitch =1.1.0
flute 1.2.0 GPL-3.0-only, needs pitch 1
flute 2.0.0 MIT, needs pitch 1
drum 1.1.0 MIT, needs pitch =1.1.0
drum 1.2.0 GPL-3.0-only, needs pitch 1
pitch 1.0.0 MIT
pitch 1.1.0 MIT

# There is no way out but to ask.
stuck 1.0.0 GPL-3.0-only OR MPL-2.0

# Nothing is the matter with it, and nothing is to happen to it.
bystander 1.0.0 MIT
bystander 1.1.0 MIT
";

/// A workspace on the forty crates that has these dependencies and a policy.
pub(super) fn depending_on(dependencies: &str) -> Workspace {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    let registry = REGISTRY.get_or_init(|| {
        let lines = CRATES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        Registry::with(lines.map(published))
    });
    let story = Workspace::depending_on(dependencies, registry.clone());
    licensed(&story);
    story
}

/// The crate of a line.
fn published(line: &str) -> Crate {
    let mut parts = line.split(", ");
    let head: Vec<&str> = parts.next().expect("a crate").splitn(3, ' ').collect();
    let &[name, version, license] = &head[..] else {
        panic!("no name, version and license in: {line}");
    };
    let krate = Crate::new(name, version).license(license);
    // Of a choice the text of one branch is there, as the reader is to find something.
    let krate = match license {
        "GPL-3.0-only OR MPL-2.0" => krate.file("LICENSE", license_text("MPL-2.0")),
        _ => krate,
    };
    parts.fold(krate, |krate, part| {
        let words: Vec<&str> = part.split(' ').collect();
        match &words[..] {
            ["needs", name, requirement] => krate.dependency(name, requirement),
            ["may", name, requirement] => krate.optional_dependency(name, requirement),
            ["feature", name, turns_on @ ..] => krate.feature(name, turns_on),
            ["yanked"] => krate.yanked(),
            _ => panic!("what is `{part}`?"),
        }
    })
}
