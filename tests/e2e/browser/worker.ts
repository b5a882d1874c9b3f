import '@cutkit/core/worker';
