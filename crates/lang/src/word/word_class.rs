//! The words by which sources are known: verbs of saying, roles, outlets, outsiders.

use crate::word::lexis::{Dictionary, Entry};
use crate::word::token::Word;

/// How surely a verb makes its subject a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    /// Takes a clause or a quotation; may stand before its subject.
    Say,
    /// Tells a stance; its subject stands before it and must be able to speak.
    Stance,
}

const SAY: &str = "say says said tell tells told add adds added announce announces announced argue argues argued \
acknowledge acknowledges acknowledged admit admits admitted assert asserts asserted assure assures assured caution \
cautions cautioned claim claims claimed comment comments commented complain complains complained concede concedes \
conceded conclude concludes concluded confirm confirms confirmed declare declares declared explained \
hint hints hinted indicate indicates indicated inform informs informed insist insists insisted joke jokes joked maintain \
maintains maintained mention mentions mentioned note notes noted observe observes observed pledge pledges pledged \
predict predicts predicted promise promises promised quip quips quipped recall recalls recalled reaffirm reaffirms \
reaffirmed reckon reckons reckoned reiterate reiterates reiterated remark remarks remarked repeat repeats repeated reply \
replies replied report reports reported respond responds responded reveal reveals revealed signal signals signalled \
signaled state states stated stress stresses stressed suggest suggests suggested swear swears swore testify testifies \
testified texts texted tweet tweets tweeted vow vows vowed warn warns warned write writes \
wrote cried shouted answered answers proclaimed recounted emphasised emphasized underlined underscored \
clarified clarifies clarify explain explains contend contends contended estimated";

const STANCE: &str = "accuse accuses accused applaud applauds applauded appeal appeals appealed believe believes believed blame blames \
blamed call calls called condemn condemns condemned criticise criticised criticize criticized criticises criticizes \
decline declines declined demand demands demanded denounce denounces denounced deny denies denied describe describes \
described dismiss dismisses dismissed dispute disputes disputed doubt doubts doubted expect expects expected express expresses expressed \
fear fears feared hope hopes hoped praise praises praised question questions questioned refuse refuses refused regret regrets \
regretted reject rejects rejected think thinks thought trust trusts trusted urge urges urged welcome \
welcomes welcomed wish wishes wished defend defends defended voice voices voiced spoke considers considered exclude excludes excluded foresaw foresees imagine imagines envisage envisages sees saw likened compares compared advised advises \
suspect suspects suspected wonder wonders wondered confessed confesses allowed allows recognised recognized \
understands understood appealed cautioned recommended recommends";

const SAYING: &str = "saying adding telling noting warning arguing insisting claiming stating declaring citing \
remarking asserting conceding acknowledging confirming denying urging praising hinting pledging admitting \
suggesting explaining calling writing announcing promising stressing vowing predicting";

const AUXILIARY: &str = "has had have also later would will could did does do not never then once already again still \
only always since twice itself himself herself themselves simply further previously recently repeatedly reportedly \
nonetheless nevertheless however earlier initially immediately both all each even now just yesterday today too so \
first finally long often quietly privately publicly ever rightly openly flatly bluntly briefly merely \
famously reluctantly cautiously politely curtly separately apparently certainly probably cheerfully likewise n't didn't hasn't hadn't \
hasn't wouldn't monday tuesday wednesday thursday friday saturday sunday";

const BE: &str = "is was were are been be being get got am";

const ROLES: &str = "adviser advisers advisor advisors administrator admiral aide aides ambassador ambassadors analyst analysts \
archbishop arbitrator banker bankers bishop boss broker captain campaigner campaigners chair chairman chairwoman chairperson \
chancellor chief colonel commander commanders commentator commissioner commissioners coach colleague colleagues columnist \
congressman congresswoman consultant coordinator correspondent counsel counsellor councillor critic critics dean delegate delegates \
delegation deputy diplomat diplomats director directors economist economists editor envoy envoys executive executives \
expert experts farmer farmers founder general governor head historian insider insiders judge lawmaker lawmakers \
lawyer lawyers leader leaders lieutenant major manager mayor mediator mediators member members minister ministers \
monarch mp mps negotiator negotiators observer observers officer officers official officials opponent opponents organiser organisers organizer \
owner partner partners person people physicist pilot politician premier president presidents professor prosecutor \
rapporteur reporter reporters representative representatives researcher researchers resident residents scholar scientist \
secretary senator senators source sources specialist specialists speaker spokesman spokesmen spokesperson spokespeople spokespersons \
spokeswoman strategist sergeant superintendent supporter supporters teacher trader traders treasurer trustee trustees \
undersecretary veteran voter voters whip witness witnesses worker workers workers' writer guest participant participants \
king queen prince princess sheikh chiefs heads mother father wife widow student students doctor doctors \
shareholder shareholders investor investors creditor creditors bondholder bondholders rebels fighters \
attorney candidate nominee operative co-founder vice-president vice-chair ceo cfo cto chancellor's shop steward";

const BODIES: &str = "administration agency airline alliance army assembly association authorities authority bank board bureau cabinet \
campaign cantons centrists centre chamber club coalition college commission committee community company companies confederation \
congress consortium consultancy cooperative council country court defence delegation department embassy employers executive federation firm force forces \
foundation front fund government governments group guild holdings house industry institute leadership mediators military ministry mission \
movement navy office opposition operator organisation organization panel parliament party police presidency producers regulator rebels \
secretariat senate service side society staff statement team think-tank treasury tribunal trust union unions university watchdog \
report study survey poll bulletin communique communiqué letter note newspaper magazine broadcaster journal paper news times palace lobby \
port club league owners pilots players nurses teachers doctors farmers miners growers capital mill mills committee's seller buyer";

const OUTSIDERS: &str = "academic analyst analysts arbitrator association associations broker bank banker bankers brokerage campaigner campaigners chamber coalition college \
commentator commentators consultancy consultant economist economists expert experts federation historian institute lecturer lobby lobbyist lobbyists \
mediator mediators observer observers polytechnic pollster professor researcher researchers scholar scholars scientist strategist \
strategists think-tank tank university watchdog trader traders";

const UNNAMED: &str = "aide aides diplomat diplomats insider insiders lawmakers lawyers negotiators officer officers official officials people person \
source sources participants colleagues executives experts analysts economists observers critics traders residents witnesses ministers \
member members negotiator delegate delegates adviser advisers investors bankers envoys spokesman spokeswoman voters farmers workers";

const OUTLETS: &str = "afp ap axios bbc bloomberg broadcaster cbs cnbc cnn courier daily economist fox gazette guardian herald interfax itar-tass journal \
kyodo magazine msnbc nbc news newspaper npr paper politico post press radio reuters ria tass telegraph television times tribune \
tv website weekly wire xinhua yonhap";

const TITLES: &str = "mr mr. mrs mrs. ms ms. miss dr dr. sir lord lady dame prof prof. professor rev. gen. sen. rep. gov. \
lt. col. capt. sgt. maj. hon. st. messrs. jr. sr. president minister premier chancellor king queen prince princess general \
colonel captain admiral major lieutenant commander ambassador senator secretary commissioner governor mayor judge justice sheikh \
bishop archbishop chief deputy vice prime foreign finance trade interior defence defense negotiator spokesman spokeswoman chairman chairwoman \
chair director envoy representative adviser advisor security national leader executive cardinal pope emperor father sister brother sergeant crown";

const LINKS: &str = "of for in at with from on to by about over under between against near close familiar briefed \
involved involving who which that whose inside outside among within after before during speaking as than into through representing";

const BREAKS: &str = "that but because if when while after before although though whether where what which who how why than \
since until so as unless whose whom yet because nor";

const DETS: &str = "the a an one two three four five six seven eight nine ten some several many most his her its their our my another other \
both no this these those few each every senior certain unnamed all any";

const NAME_LINKS: &str = "of de da del della der den di du van von al el la le bin ibn and & for ben ter ten";

const OPENERS: &str = "on in at by after before earlier later last yesterday today for from during with under to over since \
asked pressed speaking despite as meanwhile there monday tuesday wednesday thursday friday saturday sunday then instead until within \
behind across among through according hours minutes days next this late early shortly only even about around following outside inside \
january february march april may june july august september october november december and but or still yet so also ask";

const DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april may june july \
august september october november december christmas easter thanksgiving";

/// The plainest verbs of saying: whatever stands before one as its subject speaks.
const PLAIN: &str = "said say says told tells added adds warned warns confirmed confirm reported insisted argued reply replied \
announced think thinks wonder";

/// What a source is said to be when its stance is told by an adjective.
const STANCES: &str = "optimistic pessimistic sceptical skeptical confident hopeful doubtful unimpressed unconvinced convinced \
adamant upbeat downbeat gloomy guarded emphatic dismissive positive reluctant noncommittal sure certain willing blunt surprised astonished satisfied";

/// Papers that tell facts; who quotes them does not speak.
const RECORDS: &str = "data figures filings records estimates notice notices text minutes statistics filing record estimate rules \
documents document register table";

/// Sayings that count only with a clause: "announced that", not "announced a plan".
const CLAUSED: &str =
    "announced announce announces reported report reports responded responds respond answered answers";

/// Words after which a clause tells something by the way.
const SUBORDINATES: &str =
    "which whom than after before when if because until since where unless once that what";

/// Forms of saying that are nouns as well.
const NOUNS_TOO: &str = "state states report reports claim claims note notes demand demands voice voices question questions hope \
hopes fear fears call calls promise promises dispute disputes appeal appeals comment comments estimate estimates text texts blame \
trust favour favours favor favors answer doubt doubts pledge pledges threat signal signals vow vows wish wishes repeat caution regret \
regrets praise worry account tweet tweets remark remarks";

/// Bodies that speak for an interest, not for the country in their name.
const INTERESTS: &str =
    "union unions association federation chamber lobby guild congress institute club growers farmers";

/// First words of the sayings of several words (`phrase`).
const OPENINGS: &str = "rule rules ruled point points pointed let lets make makes made stop stops stopped take takes \
took draw draws drew play plays played hit hits ask asks asked put puts goes went reserve reserves reserved see saw give \
gives gave rate rates rated seems seemed sounded remains is was were are been be being get got am";

/// Titles and other short forms whose point belongs to the word.
const POINTED: &str = "capt col dr gen gov hon jr lt maj messrs mr mrs ms prof rep rev sen sgt sr st";

/// First words of "according to" and "in the words of", which lead a source in.
const LEADS: &str = "according words";

/// Verbs that carry the tense, which no noun phrase holds.
const TENSED: &str = "had has have will would could can may might must did does do shall should";

/// The lists that a word is in, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes(u32);

impl Classes {
    /// Those of `word`, which is in lower case.
    pub(crate) fn of(word: &str) -> Self {
        let of = |word: &str| Dictionary::get().of(word).voice.0;
        // of "vice-captain", "captain" is what counts
        match word.bytes().rposition(|byte| byte == b'-').and_then(|at| word.get(at + 1..)) {
            Some(last) => Self(of(word) & !HEAD | of(last) & HEAD),
            None => Self(of(word)),
        }
    }
}

/// What the lists can be asked of: a word of the scan, or any in lower case.
pub(crate) trait Classed {
    /// The lists that it is in.
    fn classes(&self) -> Classes;
}

impl Classed for Classes {
    fn classes(&self) -> Self {
        *self
    }
}

impl Classed for Word<'_> {
    fn classes(&self) -> Classes {
        self.classes
    }
}

impl Classed for Option<&Word<'_>> {
    fn classes(&self) -> Classes {
        self.map_or(Classes::default(), |word| word.classes)
    }
}

impl Classed for str {
    fn classes(&self) -> Classes {
        Classes::of(self)
    }
}

impl<T: Classed + ?Sized> Classed for &T {
    fn classes(&self) -> Classes {
        (*self).classes()
    }
}

/// The lists in the order of their bits.
const LISTS: [&str; 28] = [
    SAY,
    STANCE,
    PLAIN,
    STANCES,
    SUBORDINATES,
    NOUNS_TOO,
    INTERESTS,
    TENSED,
    RECORDS,
    CLAUSED,
    SAYING,
    AUXILIARY,
    BE,
    ROLES,
    BODIES,
    OUTSIDERS,
    UNNAMED,
    OUTLETS,
    TITLES,
    LINKS,
    BREAKS,
    DETS,
    NAME_LINKS,
    OPENERS,
    DAYS,
    OPENINGS,
    POINTED,
    LEADS,
];

/// The bit of what can speak: a role, a body or an outlet, one or several.
const HEAD: u32 = 1 << LISTS.len();

/// Enters the words of the lists and of that bit.
pub(crate) fn enter(dictionary: &mut Dictionary) {
    for (bit, list) in LISTS.iter().enumerate() {
        dictionary.enter(list, |entry| entry.voice.0 |= 1 << bit);
    }
    let heads = [ROLES, BODIES, UNNAMED, OUTLETS].into_iter().flat_map(str::split_ascii_whitespace);
    let head = |entry: &mut Entry| entry.voice.0 |= HEAD;
    for word in heads.filter(|word| !word.contains('-')) {
        dictionary.enter(word, head);
        dictionary.enter(&format!("{word}s"), head);
    }
    dictionary.enter("between", head);
}

/// The question whether a word is in the list of a bit.
macro_rules! list {
    ($(#[$doc:meta])* $name:ident, $bit:literal) => {
        $(#[$doc])*
        pub(crate) fn $name(word: impl Classed) -> bool {
            word.classes().0 >> $bit & 1 == 1
        }
    };
}

list!(/// A verb of saying.
    is_say, 0);
list!(/// A verb of stance.
    is_stance, 1);
list!(/// A verb of saying whose subject may be any noun.
    is_plain, 2);
list!(/// An adjective that tells a stance.
    is_stance_adjective, 3);
list!(/// A word that opens a clause by the way.
    is_subordinate, 4);
list!(/// A verb of saying that is a noun as well.
    is_noun_too, 5);
list!(/// A body that speaks for an interest.
    is_interest, 6);
list!(/// A verb that carries the tense.
    is_tensed, 7);
list!(/// A paper that tells facts.
    is_record, 8);
list!(/// A saying that counts only with a clause.
    is_claused, 9);
list!(/// A participle of saying.
    is_saying, 10);
list!(/// What may stand between a subject and its verb.
    is_auxiliary, 11);
list!(/// A form of "be": a verb after it is passive.
    is_be, 12);
list!(/// A role that a person may have.
    is_role, 13);
list!(/// A body that may speak.
    is_body, 14);
list!(/// A role or body that takes no side.
    is_outsider, 15);
list!(/// A role under which sources go unnamed.
    is_unnamed, 16);
list!(/// A news outlet, by a word of its name.
    is_outlet, 17);
list!(/// A title before a name.
    is_title, 18);
list!(/// What ends the head of a noun phrase.
    is_link, 19);
list!(/// What ends a clause.
    is_break, 20);
list!(/// A determiner or number that begins a noun phrase.
    is_det, 21);
list!(/// A word that may stand within a name.
    is_name_link, 22);
list!(/// What opens a sentence before its subject.
    is_opener, 23);
list!(/// A day, month or feast.
    is_day, 24);
list!(/// The first word of a saying of several words.
    is_opening, 25);
list!(/// A short form whose point belongs to it.
    is_pointed, 26);

/// Whether an attribution may begin with the word as its cue.
pub(crate) fn may_cue(word: impl Classed) -> bool {
    /// Verbs of saying and stance, participles, openings and what leads a source in.
    const CUES: u32 = 1 | 1 << 1 | 1 << 10 | 1 << 25 | 1 << 27;
    word.classes().0 & CUES != 0
}

/// Whether `word` names something that can speak.
pub(crate) fn can_head(word: impl Classed) -> bool {
    word.classes().0 & HEAD != 0
}

/// Whether `word` is a third-person pronoun that can speak.
pub(crate) fn is_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "it")
}

/// The class of the verb `word`, if it is one of saying or stance.
pub(crate) fn verb(word: impl Classed) -> Option<Verb> {
    if is_say(&word) {
        Some(Verb::Say)
    } else if is_stance(&word) {
        Some(Verb::Stance)
    } else {
        None
    }
}
