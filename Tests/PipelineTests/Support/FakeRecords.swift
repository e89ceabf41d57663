import Foundation
import RevOps
import Synchronization

/// The CRM's records as people leave them, told of by nobody.
final class FakeRecords: Sendable {
  private struct State {
    var contacts: [String: CRMContact] = [:]
    var engagements: [String: [CRMEngagement]] = [:]
    var deals: [String: (deal: CRMDeal, changedAt: Date)] = [:]
    var windows: [Range<Date>] = []
    var read: [String] = []

    func deals(closed: Bool, in time: Range<Date>) -> [String] {
      deals.filter { time.contains($0.value.changedAt) && ($0.value.deal.closed != nil) == closed }.map(\.key)
    }
  }

  let faults = Faults()
  private let state = Mutex(State())
  private let announcesChanges: Bool

  init(announcesChanges: Bool = false) { self.announcesChanges = announcesChanges }

  /// Each time that deals were looked for.
  var windows: [Range<Date>] { state.withLock { $0.windows } }
  /// The contacts that were read by themselves.
  var read: [String] { state.withLock { $0.read } }

  func put(_ contact: CRMContact) { state.withLock { $0.contacts[contact.id] = contact } }
  func put(_ engagement: CRMEngagement, with contact: String) {
    state.withLock { $0.engagements[contact, default: []].append(engagement) }
  }
  func put(_ deal: CRMDeal, _ id: String, at time: Date) { state.withLock { $0.deals[id] = (deal, time) } }

  var records: CRMRecords {
    CRMRecords(
      contact: { id async throws(ServiceError) in
        try await self.faults.call("contact") {
          self.state.withLock { state in
            state.read.append(id)
            return state.contacts[id]
          }
        }
      },
      engagements: { contact, since async throws(ServiceError) in
        self.state.withLock { $0.engagements[contact, default: []].filter { $0.at >= since } }
      },
      engaged: { _, _ async throws(ServiceError) in [] },
      deal: { id async throws(ServiceError) in self.state.withLock { $0.deals[id]?.deal } },
      contacts: { ids async throws(ServiceError) in
        try await self.faults.call("contacts") {
          self.state.withLock { state in ids.compactMap { state.contacts[$0] } }
        }
      },
      closedDeals: { time async throws(ServiceError) in
        self.state.withLock { state in
          state.windows.append(time)
          return state.deals(closed: true, in: time)
        }
      },
      openDeals: { time async throws(ServiceError) in self.state.withLock { $0.deals(closed: false, in: time) } },
      announcesChanges: announcesChanges)
  }
}
