/// From the program's start to listening, median of five.
enum StartUp {
  static func measure() async throws -> [String] {
    var times: [Double] = []
    for _ in 0..<5 { times.append(try await Bed.run { _, baton in baton.startUp.milliseconds }) }
    return ["start-up to listening       \(Figures(times).median.asMilliseconds)"]
  }
}
