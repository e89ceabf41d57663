import CCurl
import VendorAPI

/// A request with what is needed to answer its caller.
struct Order: Sendable {
  var id: Admission.ID
  var request: OutgoingRequest
  var deadline: Admission.Instant
  var caller: CheckedContinuation<Result<VendorResponse, TransportError>, Never>
}

/// What callers ask of the transfer thread.
enum Command: Sendable {
  case start(Order)
  /// Ids that are not known, or no longer, are passed over.
  case cancel(Admission.ID)
  /// Always the last one.
  case stop
}

/// The way from any task to the transfer thread: commands in order, and a nudge when it may be waiting for the network.
final class Mailbox: Sendable {
  private struct State {
    /// The handle whose `curl_multi_wakeup` is the one libcurl call allowed on another thread. Valid while `isOpen`.
    let multi: UnsafeMutableRawPointer
    var commands: [Command] = []
    /// The thread was woken and has not looked yet: waking it again would only cost a system call.
    var isFlagged = false
    var isOpen = true
    var lastID: Admission.ID = 0
    var hasEnded = false
    var waitingForEnd: [CheckedContinuation<Void, Never>] = []

    /// Wakes the thread under the lock, so that it cannot free the handle in between.
    mutating func put(_ command: Command) {
      commands.append(command)
      guard !isFlagged else { return }
      isFlagged = true
      curl_multi_wakeup(multi)
    }
  }

  private let state: Locked<State>

  init(waking multi: UnsafeMutableRawPointer) { state = Locked(State(multi: multi)) }

  func newID() -> Admission.ID {
    state.withLock {
      $0.lastID += 1
      return $0.lastID
    }
  }

  /// False: the thread has been told to stop, or has; nothing was put in.
  func post(_ command: Command) -> Bool {
    state.withLock { state in
      guard state.isOpen else { return false }
      state.put(command)
      return true
    }
  }

  /// Lets nothing in any more and tells the thread to stop. Again: no effect.
  func close() {
    state.withLock { state in
      guard state.isOpen else { return }
      state.isOpen = false
      state.put(.stop)
    }
  }

  /// Everything put in since the last call. For the transfer thread.
  func take() -> [Command] {
    state.withLock { state in
      state.isFlagged = false
      defer { state.commands.removeAll(keepingCapacity: true) }
      return state.commands
    }
  }

  /// The transfer thread has freed all it had.
  func end() {
    let waiting = state.withLock { state in
      state.hasEnded = true
      defer { state.waitingForEnd = [] }
      return state.waitingForEnd
    }
    for continuation in waiting { continuation.resume() }
  }

  func waitForEnd() async {
    await withCheckedContinuation { continuation in
      let hasEnded = state.withLock { state in
        if !state.hasEnded { state.waitingForEnd.append(continuation) }
        return state.hasEnded
      }
      if hasEnded { continuation.resume() }
    }
  }
}
