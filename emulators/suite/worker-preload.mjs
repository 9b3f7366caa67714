// Loaded into every worker process: when the suite is gone, even by SIGKILL, so is the worker.
process.once('disconnect', () => process.exit());
