import RevOps
import Synchronization

/// The leads that were last read or written here, so that the steps of one lead don't each read it anew.
///
/// Only the holder of a partition's lease changes its leads, so under one lease nothing here is out of date unless
/// another task of this process was faster; then the next commit is refused, and the lead is read again.
final class LeadCache: Sendable {
  private struct State {
    var leads: [LeadID: (lead: Lead, lease: Lease)] = [:]
    /// In the order in which they came; one that was dropped may be in it still.
    var order: [LeadID] = []
  }

  private let limit: Int
  private let state = Mutex(State())

  init(limit: Int = 512) { self.limit = limit }

  func lead(_ id: LeadID, under lease: Lease) -> Lead? {
    state.withLock { $0.leads[id].flatMap { $0.lease == lease ? $0.lead : nil } }
  }

  func keep(_ lead: Lead, under lease: Lease) {
    state.withLock { state in
      if let known = state.leads[lead.id], known.lease == lease, known.lead.version >= lead.version { return }
      if state.leads.updateValue((lead, lease), forKey: lead.id) == nil { state.order.append(lead.id) }
      guard state.order.count > limit * 2 else { return }
      for id in state.order.prefix(limit) { state.leads[id] = nil }
      state.order.removeFirst(limit)
    }
  }

  func drop(_ id: LeadID) { state.withLock { $0.leads[id] = nil } }
}
