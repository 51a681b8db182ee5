use jixiao::form::*; use jixiao::vocabulary::Vocabulary; use std::time::Instant;
fn main(){ for f in std::env::args().skip(1){ let b=std::fs::read(&f).unwrap(); for _ in 0..6 {
 let t=Instant::now(); let d=jixiao::document::read_bytes(&f,&b).unwrap(); let t1=t.elapsed();
 let t=Instant::now(); let m=mend(&d,Vocabulary::builtin()).document; let t2=t.elapsed();
 let t=Instant::now(); let n=find(&m,Vocabulary::builtin()).forms.len(); let t3=t.elapsed();
 println!("{f} {n} read {:?} mend {:?} find {:?}",t1,t2,t3); } } }
