// Preloaded into a child process whose stdin is a pipe from its parent: when the parent is gone, however it
// went, the pipe closes and the child ends too.
process.stdin.resume().once('end', () => process.kill(process.pid, 'SIGTERM')).unref();
