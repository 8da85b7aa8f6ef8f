"""Word lists of names: legal forms, words that mean the same, words that say little.

Facts about company names as registries write them; extended by hand. Where not said otherwise an entry is lower case
ASCII, as transliteration leaves it. Most legal forms come from `rigour` (see `normalise`); these lists add what it
lacks and say which short forms are ordinary words when they stand inside a name.
"""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Always a legal form, wherever it stands.
LEGAL_FORMS: frozenset[str] = _set("""
    aktiengesellschaft aps asa bhd berhad bvba company coop corp corporation doo eeig eirl eood eurl fzco fze gesmbh
    gie gmbh gmbhcokg inc incorporated jsc kda kft ktt limitada limited llc llp ltd ltda mbh oao ohg ooo oyj pjsc plc
    pllc private pte ptv pty pvt sarl sasu sdn spk spzoo srl sro tbk tnhh ctcp uab unlimited vof wll zao zrt
    privatelimited coltd pvtltd ptyltd pteltd sdnbhd coinc cojsc companyltd kabushikikaisha yugenkaisha
    publ incorp limitedcompany stockcompany jointstockcompany
    """)

# A legal form only at the end of a name or of a bracket, or beside another legal form ("Foo SA", not "SA Health").
LEGAL_AT_END: frozenset[str] = _set("""
    ab ad ag ao as bv co cv dd ei fz gp hb holding holdings kb kg kk kv lc lp lllp nv od ou oy pc pt prop public sa
    sae sal sas sca scs se sl slu snc spa ta tov ug ip pp zoo
    """)

# A legal form only at the beginning ("PT Rukun Raharja").
LEGAL_AT_START: frozenset[str] = _set("pt cv ooo oao zao pao ao tov ip pp ud kk")

# Runs of words that are one legal form.
LEGAL_RUNS: dict[tuple[str, ...], str] = {
    tuple(run.split()): form
    for run, form in {
        "sp z o o": "spzoo",
        "sp z oo": "spzoo",
        "spolka z o o": "spzoo",
        "spol s r o": "sro",
        "s r o": "sro",
        "d o o": "doo",
        "l l c": "llc",
        "l l p": "llp",
        "l t d": "ltd",
        "w l l": "wll",
        "s a r l": "sarl",
        "s p a": "spa",
        "s a": "sa",
        "p t": "pt",
        "b v": "bv",
        "n v": "nv",
        "p l c": "plc",
        "p t y": "pty",
        "g m b h": "gmbh",
        "societe anonyme": "sa",
        "sociedad anonima": "sa",
        "kabushiki kaisha": "kk",
        "yugen kaisha": "yk",
        "cong ty tnhh mot thanh vien": "tnhh",
        "cong ty tnhh mtv": "tnhh",
        "cong ty trach nhiem huu han mot thanh vien": "tnhh",
        "cong ty trach nhiem huu han": "tnhh",
        "cong ty tnhh": "tnhh",
        "cong ty co phan": "ctcp",
        "cong ty cp": "ctcp",
        "cty cp": "ctcp",
        "cty tnhh": "tnhh",
        "cong ty": "cty",
    }.items()
}

# Forms written without spaces, longest first; taken off before transliteration. The value is what they count as.
LEGAL_UNSPACED: dict[str, str] = {
    "股份有限公司": "coltd",
    "有限责任公司": "coltd",
    "有限責任公司": "coltd",
    "有限公司": "coltd",
    "株式会社": "kk",
    "株式會社": "kk",
    "合同会社": "gk",
    "合資会社": "lp",
    "合名会社": "gp",
    "有限会社": "yk",
    "一般財団法人": "zaidan",
    "公益財団法人": "zaidan",
    "財団法人": "zaidan",
    "一般社団法人": "shadan",
    "公益社団法人": "shadan",
    "社団法人": "shadan",
    "特定非営利活動法人": "npo",
    "社会福祉法人": "fukushi",
    "独立行政法人": "dokuritsu",
    "国立大学法人": "kokudai",
    "学校法人": "gakko",
    "医療法人": "iryo",
    "(株)": "kk",
    "(有)": "yk",
    "주식회사": "jusik",
    "유한회사": "yuhan",
    "유한책임회사": "yuhan",
    "사단법인": "sadan",
    "재단법인": "jaedan",
    "농업회사법인": "nongeop",
    "(주)": "jusik",
    "(유)": "yuhan",
    "(사)": "sadan",
    "(재)": "jaedan",
}

# The same forms once transliterated and written together ("Zhushihui She"); found across spaces.
LEGAL_JOINED: dict[str, str] = {
    "gufenyouxiangongsi": "coltd",
    "youxianzerengongsi": "coltd",
    "youxiangongsi": "coltd",
    "zhushihuishe": "kk",
    "zhushihuisha": "kk",
    "youxianhuishe": "yk",
    "hetonghuishe": "gk",
    "gongyicaituanfaren": "zaidan",
    "yibancaituanfaren": "zaidan",
    "caituanfaren": "zaidan",
    "gongyishetuanfaren": "shadan",
    "yibanshetuanfaren": "shadan",
    "shetuanfaren": "shadan",
    "tedingfeiyinglihuodongfaren": "npo",
    "shehuifuzhifaren": "fukushi",
    "dulixingzhengfaren": "dokuritsu",
    "guolidaxuefaren": "kokudai",
    "xuexiaofaren": "gakko",
    "yiliaofaren": "iryo",
    "jusighoesa": "jusik",
    "jusikhoesa": "jusik",
}

# What differs only in writing: "Ltd" and "Limited" agree, "Ltd" and "Inc" do not.
LEGAL_CLASS: dict[str, str] = {
    "limited": "ltd",
    "privatelimited": "ltd",
    "pvtltd": "ltd",
    "ptyltd": "ltd",
    "pteltd": "ltd",
    "companyltd": "ltd",
    "coltd": "ltd",
    "pvt": "ltd",
    "ptv": "ltd",
    "private": "ltd",
    "pte": "ltd",
    "pty": "ltd",
    "incorporated": "inc",
    "incorp": "inc",
    "corporation": "corp",
    "company": "co",
    "limitada": "ltda",
    "aktiengesellschaft": "ag",
    "berhad": "bhd",
    "ctycp": "ctcp",
    "public": "plc",
    "holding": "holdings",
}

_CLASSES = """
abbrev = abbreviation
academy = acad academia academie akademie akademiya akademia akademi akademiia
administration = admin adm
agency = agcy agencies agence agentur agencia agenzia agensi agentstvo
agricultural = agric agri
american = amer
associates = assocs
association = assoc assn asso ass asociacion associacao associazione association associacio asociatia
  asotsiatsiya
authority = auth
bank = banka banco banque bnk bancorp
brothers = bros
building = bldg
business = bus
center = centre centres centers ctr cntr centro zentrum tsentr centrum centar
chemical = chem
clinic = clin clinica clinique klinik klinika
college = coll colegio collegio kolledzh
commercial = comm comml
community = cmty
construction = constr const cnstr construcciones constructions
consultancy = cons consult consultants consulting consultant
council = cncl
department = dept dpt departamento departement
development = dev devt dvlpt developments
distribution = distrib distr
district = dist
division = div
education = edu educ educational
electric = elec elect electrical
electronics = electr
employment = empl emp emplt
engineering = eng engg engr engrg engrs
enterprise = ent entp enterprises
environmental = env envtl environ
equipment = equip eqpt
establishment = est estab
european = eur
exchange = exch
export = exp exports
faculty = fac facultad faculte fakultet
federal = fed
federation = fedn
finance = fin
financial = finl
foundation = fdn fnd found fndn fundacion fundacao fondation fondazione stiftung fundacio fundacja
  foundations
general = gen genl
global = glob glbl
government = govt gov
group = grp groups gruppe groupe gruppo grupo gruppa
hospital = hosp hospitals ospedale hopital krankenhaus
hotel = hotels htl
humanresources = hr
import = imp imports
independent = indep
industrial = indl indus
industries = ind inds industry
information = info
institute = inst instit institut instituto istituto institutes institutet institutul inst instytut
insurance = ins insur
international = intl int internl internat internacional internazionale interntl
investments = inv invest invst investment
laboratory = lab labs laboratories laboratorio laboratoire laboratorium laboratoriya
labour = labor
library = lib bibl
limited = lmtd
logistics = logist logis
machinery = mach mchy
management = mgmt mgt mngt mgmnt managements
manufacturing = mfg manuf mfr manufg
market = mkt
marketing = mktg mkting
medical = med medl
ministry = min ministerio ministere ministerium ministerstvo
municipal = munic
museum = mus museo musee muzey muzeum
national = nat natl ntl nacional nationale nazionale
observatory = obs
office = off
oil = oils
organisation = org organization orgn
overseas = oseas oversea os ovs ovrs
partners = ptnrs prtnrs
personnel = pers
petroleum = petr petrol
pharmaceutical = pharm pharma pharmaceuticals
placement = placements
polytechnic = polytech politecnico
processing = proc
production = prod prodn
products = prods product
professional = prof
property = prop props properties
recruitment = rec recr recruit recruiters recruiting recruiter recruitments
regional = reg regl
republic = rep
research = res rsch resch
resources = rsrcs rsrc resource
restaurant = rest restaurants restaurante ristorante restoran
school = sch schools schule escuela escola ecole scuola
science = sci sciences
scientific = scient
security = sec
services = svc svcs serv service srvs servs srv servicios servicos servizi
society = soc societe sociedad sociedade societa
software = softw sw
solutions = sol soln solns solution sols
south = sth
north = nth
saint = st sankt santo santa
statistics = stat stats
store = stores
supermarket = supermkt
supply = supplies
system = sys syst systems
technical = techn
technology = tech technol technologies tec tecnologia technologie technologies
telecommunications = telecom telecoms telecomms
therapeutics = therap
trading = trdg trd
training = trng
transport = transp trans transportation
travel = travels
university = univ universidad universidade universite universitat universita universitet universiteit
  uniwersytet universitas universiti univerzitet univerzita universitesi uni unversity universitatea
veterinary = vet
village = vill
vocational = voc
wholesale = whsl
workers = wrkrs
works = wks
"""


_ORDINALS = """
1st=first 2nd=second 3rd=third 4th=fourth 5th=fifth 6th=sixth 7th=seventh 8th=eighth 9th=ninth 10th=tenth
11th=eleventh 12th=twelfth 20th=twentieth 21st=twentyfirst
"""


def _same_words() -> dict[str, str]:
    same: dict[str, str] = {}
    for line in _CLASSES.replace("\n  ", " ").strip().splitlines():
        word, _equals, others = line.partition(" = ")
        for other in others.split():
            same.setdefault(other, word)
    for pair in _ORDINALS.split():
        ordinal, _equals, word = pair.partition("=")
        same[ordinal] = word
    return same


# Words and abbreviations that stand for one word, in several languages.
SAME_WORDS: dict[str, str] = _same_words()

STOP_WORDS: frozenset[str] = _set("""
    the of and for a an in at on to de la le les du des el los las del al und der die das den fur et y i e da do dos
    das di della dei delle il lo van von af og och i of ve wa w z na im po
    """)

# Words that, hung behind a name, seldom make it another name.
TAIL_WORDS: frozenset[str] = _set(
    "agency branch direct express group head headquarters hq main office recruitment sons"
)

# Words so common among recruiters that agreeing on them says little.
COMMON_WORDS: frozenset[str] = _set("""
    agency consultancy employment enterprise group human humanresources international jobs labour management manpower
    overseas personnel placement recruitment resources services solutions staffing trading work workers global company
    """)
