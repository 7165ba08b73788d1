//! The same files, whatever the number of threads.

use generator::config::Config;
use generator::files::Files;
use generator::plan::Placement;
use generator::source::Source;
use rayon::ThreadPoolBuilder;

use crate::fixtures::{corpus, root};

#[test]
fn one_thread_two_and_seven_make_the_same_files() {
    let specs = root().join("specs");
    let source = Source::read(&specs.join("service-tokens.yaml")).unwrap();
    let config = Config::read(&specs.join("service-tokens.toml")).unwrap();
    same_files(&source, &config);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "takes minutes where nothing is optimised")]
fn so_do_they_of_a_large_document() {
    let Some(corpus) = corpus("no large document is generated from") else {
        return;
    };
    let source = Source::read(&corpus.join("github.json")).unwrap();
    same_files(&source, &Config::default());
}

#[track_caller]
fn same_files(source: &Source, config: &Config) {
    let one = files(1, source, config);
    for threads in [2, 7] {
        assert!(files(threads, source, config) == one, "{threads} threads");
    }
}

fn files(threads: usize, source: &Source, config: &Config) -> Files {
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    pool.install(|| generator::generate(source, config, &Placement::default()))
        .unwrap()
        .value
}
