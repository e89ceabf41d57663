import CCurl
import CLinux
import Glibc

/// Starts the thread on which a `TransferLoop` runs until it is told to stop.
enum TransferThread {
  /// libcurl's global state, made once for the process and never torn down: other libraries may use it too.
  private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// Gives the way to reach the thread. Without memory for a handle or a thread at start there is nothing to go on
  /// with, so that ends the process.
  static func start(_ configuration: CurlConfiguration) -> Mailbox {
    guard isLibraryReady, let multi = curl_multi_init() else { preconditionFailure("libcurl could not be set up") }
    // Idle connections kept for reuse, over all hosts; libcurl's default depends on what happens to run.
    ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, max(64, configuration.connectionsPerHost))
    let mailbox = Mailbox(waking: multi)
    launch(TransferLoop(multi: multi, mailbox: mailbox, configuration: configuration))
    return mailbox
  }

  private static func launch(_ loop: TransferLoop) {
    var thread = pthread_t()
    // Owned by the new thread from here on.
    let context = Unmanaged.passRetained(loop).toOpaque()
    let failure = pthread_create(&thread, nil, runTransferLoop, context)
    precondition(failure == 0, "no thread for libcurl")
    pthread_detach(thread)
  }
}

private func runTransferLoop(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  blockSignals()
  clinux_name_thread("curl")
  if let context { Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run() }
  return nil
}

/// Signals to the process go to other threads. SIGPIPE comes to the thread that wrote: OpenSSL raises it on a closed
/// connection, and libcurl leaves it alone when told not to use signals.
private func blockSignals() {
  var all = sigset_t()
  sigfillset(&all)
  pthread_sigmask(SIG_SETMASK, &all, nil)
}
