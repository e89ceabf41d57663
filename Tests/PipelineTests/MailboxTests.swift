import Foundation
import RevOps
import Testing

@testable import Pipeline

@Suite struct MailboxTests {
  private let lead: LeadID

  init() {
    var random = SystemRandomNumberGenerator()
    lead = LeadID(identity: "ada@acme.example", now: monday, random: &random)
  }

  @Test func `a message is in hand once, and comes again only after it was put back`() throws {
    let boxes = Mailboxes()
    #expect(feed(boxes, ["1", "2"]) == [lead])
    #expect(feed(boxes, ["1", "2"]).isEmpty)
    let first = try #require(boxes.next(for: lead))
    #expect(first.key == "1")
    #expect(feed(boxes, ["1", "2"]).isEmpty)
    boxes.putBack(first, until: monday)
    #expect(feed(boxes, ["1", "2"]) == [lead])
    #expect(boxes.next(for: lead)?.key == "1")
  }

  @Test func `what ended while the store was being read does not begin again`() throws {
    let boxes = Mailboxes()
    _ = feed(boxes, ["1"])
    let item = try #require(boxes.next(for: lead))
    boxes.beginReading(lead.partition)
    // The reader has seen the message before its work ended here.
    _ = boxes.finished(item)
    #expect(add(boxes, ["1", "2"]) == [lead])
    #expect(boxes.next(for: lead)?.key == "2")
    #expect(boxes.next(for: lead)?.key == nil)
  }

  @Test func `work that is put back takes along what waits behind it, until its time`() throws {
    let boxes = Mailboxes()
    _ = feed(boxes, ["1", "2"])
    boxes.putBack(try #require(boxes.next(for: lead)), until: monday.addingTimeInterval(2))
    #expect(boxes.next(for: lead)?.key == nil)
    #expect(boxes.isEmpty)
    #expect(feed(boxes, ["1", "2"]).isEmpty)
    #expect(feed(boxes, ["1", "2"], at: monday.addingTimeInterval(2)) == [lead])
    #expect([boxes.next(for: lead)?.key, boxes.next(for: lead)?.key] == ["1", "2"])
  }

  @Test func `a partition of which more waits is read again when half of it is done, once`() throws {
    let boxes = Mailboxes(limit: 4)
    boxes.beginReading(lead.partition)
    _ = boxes.add(
      messages: ["1", "2", "3", "4"].map(message), timers: [], of: lead.partition, isAll: false, now: monday)
    var answers: [Bool] = []
    while let item = boxes.next(for: lead) { answers.append(boxes.finished(item) == .arrival) }
    #expect(answers == [false, false, true, false])
  }

  @Test func `a partition of which more timers are due is read for them, also where all messages were read since`()
    throws
  {
    let boxes = Mailboxes(limit: 4)
    boxes.beginReading(lead.partition)
    let timers = (1...4).map { LeadTimer(key: "\($0)", leadID: lead, kind: .accept, due: monday) }
    _ = boxes.add(
      messages: [], timers: timers, of: lead.partition, isAll: true, hasMoreTimers: true, now: monday)
    #expect(add(boxes, []).isEmpty)
    var answers: [Feeder.Cause?] = []
    while let item = boxes.next(for: lead) { answers.append(boxes.finished(item)) }
    #expect(answers == [nil, nil, .time, nil])
  }

  private func feed(_ boxes: Mailboxes, _ ids: [String], at now: Date = monday) -> Set<LeadID> {
    boxes.beginReading(lead.partition)
    return add(boxes, ids, at: now)
  }

  private func add(_ boxes: Mailboxes, _ ids: [String], at now: Date = monday) -> Set<LeadID> {
    boxes.add(messages: ids.map(message), timers: [], of: lead.partition, isAll: true, now: now)
  }

  private func message(_ id: String) -> PendingMessage {
    let command = DeskCommand(action: .claim, actor: .admin, at: monday, reply: nil)
    return PendingMessage(
      message: InboxMessage(id: id, leadID: lead, body: .command(command), receivedAt: monday), wasRunning: false,
      deathsAlone: 0)
  }
}
