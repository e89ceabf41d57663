/// Orders first in, first out. Taking one out costs nothing that grows with the line.
struct OrderLine {
  private var orders: [Order?] = []
  private var head = 0

  var first: Order? { head < orders.count ? orders[head] : nil }

  mutating func append(_ order: Order) { orders.append(order) }

  mutating func next() -> Order? {
    guard head < orders.count else { return nil }
    let order = orders[head]
    orders[head] = nil
    head += 1
    if head == orders.count {
      orders.removeAll(keepingCapacity: true)
      head = 0
    } else if head > 1_024, head * 2 > orders.count {
      orders.removeFirst(head)
      head = 0
    }
    return order
  }

  mutating func removeAll() -> [Order] {
    defer {
      orders = []
      head = 0
    }
    return orders[head...].compactMap { $0 }
  }
}
