import Foundation

/// Names of months, days, seasons and quarters in the languages of most forms, as the English words of a summary.
enum TimeWords {
  /// What a folded word of a stranger's text is called in English; none: it is no such word.
  static func english(for word: String) -> [String] {
    if let names = named[word] { return names }
    let near = word.first.flatMap { stems[$0] } ?? []
    return near.filter { word.hasPrefix($0.stem) && word.count <= $0.stem.count + 3 }.map(\.english)
  }

  /// Months and days, which are written with a capital in English and are no names of anybody.
  static let capitalized: Set<String> = Set(months + days)

  /// Said of a time that is near: `next week`.
  static let relative: Set<String> = ["next", "this", "last", "coming", "following"]
  static let periods: Set<String> = ["day", "week", "month", "quarter", "year"]
  static let seasons: Set<String> = ["summer", "winter", "autumn", "spring"]

  static func period(_ word: String) -> String? {
    let single = word.hasSuffix("s") ? String(word.dropLast()) : word
    return periods.contains(single) ? single : ["monthly": "month", "weekly": "week", "yearly": "year"][word]
  }

  private static let months = english.monthSymbols.map { TextFolding.fold($0) }
  private static let days = english.weekdaySymbols.map { TextFolding.fold($0) }
  static func month(_ number: Int) -> String? { (1...12).contains(number) ? months[number - 1] : nil }

  private static let english = calendar("en")

  private static func calendar(_ language: String) -> Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.locale = Locale(identifier: language)
    return calendar
  }

  private static let named: [String: [String]] = {
    var all: [String: [String]] = [:]
    for language in NumberWords.languages {
      let other = calendar(language)
      for (names, meanings) in [
        (other.monthSymbols, months), (other.standaloneMonthSymbols, months), (other.weekdaySymbols, days),
        (other.standaloneWeekdaySymbols, days),
      ] {
        for (name, meaning) in zip(names, meanings) {
          let key = TextFolding.fold(name)
          // A month that is only numbered, as in Chinese, is read with its number.
          guard !key.contains(where: \.isNumber), all[key]?.contains(meaning) != true else { continue }
          all[key, default: []].append(meaning)
        }
      }
    }
    return all
  }()

  /// Beginnings of words, folded, by their first letter.
  private static let stems: [Character: [(stem: String, english: String)]] = {
    let table = [
      "summer": "sommer zomer verano verao estate lato kesa kesan лет 夏 여름 الصيف صيف קיץ",
      "winter": "winter invierno inverno hiver zima zimy talv vinter зим 冬 겨울 الشتاء שתא",
      "autumn": "herbst automne otono outono autunno herfst host jesien осен 秋 가을 fall",
      "spring": "fruhjahr fruhling printemps primavera lente voorjaar forar wiosn весн 春 봄",
      "week": "woche semaine semana settiman week veck uge tydzien tygod недел 週 周 주 اسبوع",
      "month": "monat mois mes mese maand manad maned miesiac месяц 月 월 شهر",
      "year": "jahr annee ano anno jaar aar year rok god год лет 年 년 سنة عام",
      "day": "tag jour dia giorno dag dzien день дн 日 일 يوم",
      "quarter": "quartal trimestre kwartal kwartaal квартал 四半期 季度 분기",
      "next": "nachst prochain proxim prossim volgend nasta neste naest nastepn следующ 来 다음 القادم",
      "last": "letzt dernier pasad passad scors ultim vorig sist ostatni прошл 先 昨 지난 الماضي",
      "this": "dies cette este esta questo deze detta denne この 今 هذا",
    ]
    let all = table.flatMap { meaning, stems in
      stems.split(separator: " ").map { (stem: String($0), english: meaning) }
    }
    return Dictionary(grouping: all.filter { !$0.stem.isEmpty }) { $0.stem[$0.stem.startIndex] }
  }()
}
