extension Finding {
  /// How many of the things that were looked at are as they should be; nothing where none is. Those that are not are
  /// told one by one.
  static func tally(_ service: String, _ check: String, _ fine: Int, of all: Int, _ words: String) -> [Finding] {
    guard fine > 0 else { return [] }
    return [Finding(service, check, .ok, "\(fine == all ? "all \(all)" : "\(fine) of \(all)") \(words)")]
  }
}
