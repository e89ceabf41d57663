/// Countries that companies sell to as one market. Raw values are places in stored vectors: new ones are only appended.
///
/// The cut follows the sub-regions of the United Nations' M49 standard, finer in Europe, where sales teams divide by
/// language (DACH, British Isles, Nordics).
enum SalesRegion: Int, CaseIterable {
  case northAmerica
  case latinAmerica
  case dach
  case britishIsles
  case nordics
  case westernEurope
  case southernEurope
  case easternEurope
  case eurasia
  case middleEast
  case northAfrica
  case subSaharanAfrica
  case southAsia
  case eastAsia
  case southeastAsia
  case oceania

  /// The wider market that lies around it.
  enum Market: Int, CaseIterable {
    case americas
    case europe
    case middleEastAndAfrica
    case asiaPacific
  }

  /// Of an ISO 3166-1 alpha-2 code; nil where nobody lives.
  static func of(_ country: String) -> SalesRegion? { byCountry[country] }

  var market: Market {
    switch self {
    case .northAmerica, .latinAmerica: .americas
    case .dach, .britishIsles, .nordics, .westernEurope, .southernEurope, .easternEurope, .eurasia: .europe
    case .middleEast, .northAfrica, .subSaharanAfrica: .middleEastAndAfrica
    case .southAsia, .eastAsia, .southeastAsia, .oceania: .asiaPacific
    }
  }

  private var countries: String {
    switch self {
    case .northAmerica: "US CA BM PM UM"
    case .latinAmerica:
      """
      MX GT BZ SV HN NI CR PA CO VE GY SR GF EC PE BO BR PY UY AR CL FK CU DO HT JM PR VI VG TT BB BS AG AI AW BL BQ CW \
      DM GD GP KN KY LC MF MQ MS SX TC VC
      """
    case .dach: "DE AT CH LI"
    case .britishIsles: "GB IE IM JE GG"
    case .nordics: "SE NO DK FI IS FO AX SJ GL"
    case .westernEurope: "FR MC NL BE LU"
    case .southernEurope: "ES PT IT GR MT CY AD SM VA GI"
    case .easternEurope: "PL CZ SK HU RO BG MD EE LV LT SI HR BA RS ME MK AL XK"
    case .eurasia: "UA BY RU GE AM AZ KZ UZ KG TJ TM"
    case .middleEast: "AE SA QA KW BH OM IL PS JO LB IQ IR SY YE TR"
    case .northAfrica: "EG MA DZ TN LY SD EH"
    case .subSaharanAfrica:
      """
      ZA NG KE GH ET TZ UG RW BI SN CI CM AO MZ ZM ZW BW NA MW MG MU SC RE YT KM DJ ER SO SS CD CG GA GQ CF TD NE ML BF \
      BJ TG GM GN GW SL LR CV ST MR LS SZ SH IO
      """
    case .southAsia: "IN PK BD LK NP BT MV AF"
    case .eastAsia: "CN JP KR KP TW HK MO MN"
    case .southeastAsia: "SG MY TH VN ID PH KH LA MM BN TL"
    case .oceania: "AU NZ FJ PG SB VU NC PF WS AS TO TV KI NR PW FM MH GU MP CK NU TK WF NF PN CX CC"
    }
  }

  private static let byCountry = Dictionary(
    allCases.flatMap { region in region.countries.split(separator: " ").map { (String($0), region) } },
    uniquingKeysWith: { first, _ in first })
}
