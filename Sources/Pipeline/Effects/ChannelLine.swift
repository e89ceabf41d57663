import Foundation
import RevOps
import Synchronization

/// Where cards that were kept up stand in line for their channel: posted one after another, the newest lead first, since
/// who asked a minute ago still sits at the screen.
///
/// While the first of a line finds its service away, the others stay where they are instead of asking too.
final class ChannelLine: Sendable {
  /// A card that could not be posted within so long was kept up; the others are posted as they come.
  static let age: Double = 30
  /// Those that come due together do so within this time; nobody is called before.
  static let gathering: Duration = .milliseconds(500)
  /// How often who waits looks whether it is called.
  static let beat: Duration = .milliseconds(40)
  /// So many stand in all lines together, the newest of each; the others come again after `later`.
  static let places = 64
  static let later: Double = 5

  private struct Line {
    var leads: Set<LeadID> = []
    var isTaken = false
    /// Nobody is called before, so that those who are due together are there.
    var opens: ContinuousClock.Instant
    /// Nor before this, when the service is to be asked again.
    var asksAgain: Date?
  }

  private let lines = Mutex<[String: Line]>([:])
  private let now: @Sendable () -> Date

  init(now: @escaping @Sendable () -> Date) { self.now = now }

  /// Waits for the lead's turn, which `leave` ends.
  ///
  /// - Parameter isWanted: asked again and again; where it is false nothing is waited for.
  /// - Returns: whether it is its turn.
  func enter(_ channel: String, _ lead: LeadID, while isWanted: () -> Bool) async -> Bool {
    take(place: lead, in: channel)
    while isWanted(), !Task.isCancelled {
      switch look(lead, channel) {
      case .called: return true
      case .crowdedOut: return false
      // Cancelled, the condition above ends the wait.
      case .waiting: try? await Task.sleep(for: Self.beat)
      }
    }
    forget(lead, channel)
    return false
  }

  /// - Parameter time: when the service is asked again; whoever was put off is back in the line by then.
  func leave(_ channel: String, askingAgain time: Date? = nil) {
    lines.withLock { lines in
      guard var line = lines[channel] else { return }
      line.isTaken = false
      line.asksAgain = time
      lines[channel] = line.leads.isEmpty && time == nil ? nil : line
    }
  }

  private enum Look {
    case called
    case waiting
    case crowdedOut
  }

  private func take(place lead: LeadID, in channel: String) {
    lines.withLock { lines in
      var line = lines[channel] ?? Line(opens: .now)
      if line.leads.isEmpty, !line.isTaken { line.opens = max(line.opens, .now + Self.gathering) }
      line.leads.insert(lead)
      lines[channel] = line
      let all = lines.values.reduce(0) { $0 + $1.leads.count }
      guard all > Self.places, let longest = lines.max(by: { $0.value.leads.count < $1.value.leads.count }),
        let oldest = longest.value.leads.min(by: { $0.ulid < $1.ulid })
      else { return }
      lines[longest.key]?.leads.remove(oldest)
    }
  }

  private func look(_ lead: LeadID, _ channel: String) -> Look {
    lines.withLock { lines in
      guard var line = lines[channel], line.leads.contains(lead) else { return .crowdedOut }
      if let time = line.asksAgain {
        guard time <= now() else { return .waiting }
        line.asksAgain = nil
        line.opens = .now + Self.gathering
        lines[channel] = line
      }
      guard !line.isTaken, line.opens <= .now, line.leads.max(by: { $0.ulid < $1.ulid }) == lead else {
        return .waiting
      }
      line.leads.remove(lead)
      line.isTaken = true
      lines[channel] = line
      return .called
    }
  }

  private func forget(_ lead: LeadID, _ channel: String) {
    lines.withLock { lines in
      lines[channel]?.leads.remove(lead)
      if let line = lines[channel], line.leads.isEmpty, !line.isTaken { lines[channel] = nil }
    }
  }
}
