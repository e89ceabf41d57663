import CLinux
import Glibc

/// Starts the thread on which a `ConnectionLoop` runs until it is told to stop.
enum ConnectionThread {
  static func start(_ configuration: RedisConnection.Configuration) -> Mailbox {
    let mailbox = Mailbox()
    launch(ConnectionLoop(configuration, mailbox: mailbox))
    return mailbox
  }

  private static func launch(_ loop: ConnectionLoop) {
    var thread = pthread_t()
    // Owned by the new thread from here on.
    let context = Unmanaged.passRetained(loop).toOpaque()
    let failure = pthread_create(&thread, nil, runConnectionLoop, context)
    precondition(failure == 0, "no thread for a connection to Redis")
    pthread_detach(thread)
  }
}

private func runConnectionLoop(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  // hiredis writes without MSG_NOSIGNAL: on a closed connection SIGPIPE comes to this thread. Others go elsewhere.
  var all = sigset_t()
  sigfillset(&all)
  pthread_sigmask(SIG_SETMASK, &all, nil)
  clinux_name_thread("redis")
  if let context { Unmanaged<ConnectionLoop>.fromOpaque(context).takeRetainedValue().run() }
  return nil
}
