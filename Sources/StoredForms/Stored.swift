import Foundation
import RevOps

/// Times are stored as `Date` counts them (seconds since 2001 as a double): what is read back equals what was written.
extension Date {
  package var stored: Double { timeIntervalSinceReferenceDate }
  package init(stored: Double) { self.init(timeIntervalSinceReferenceDate: stored) }
}

extension LeadID {
  package init(stored text: String) throws(StorageError) {
    guard let id = LeadID(text) else { throw StorageError(.unreadable, "a stored lead id cannot be read") }
    self = id
  }
}
