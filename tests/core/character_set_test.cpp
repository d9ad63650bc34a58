#include "core/dicom/text/character_set.h"

#include <QHash>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

using namespace dicom;

namespace {

QString decoded(const QByteArray& terms, const QByteArray& bytes, Vr vr = Vr::PN)
{
    bool damaged = true;
    const QString text = CharacterSet::fromValue(terms).decode(bytes, vr, &damaged);
    EXPECT_FALSE(damaged) << terms.toStdString() << ": " << text.toStdString();
    return text;
}

QString guessed(const QByteArray& terms, const QByteArray& bytes, Vr vr = Vr::PN)
{
    bool damaged = false;
    const QString text = CharacterSet::fromValue(terms).decode(bytes, vr, &damaged);
    EXPECT_TRUE(damaged) << terms.toStdString() << ": " << text.toStdString();
    return text;
}

QByteArray encoded(const QByteArray& terms, const QString& text, Vr vr = Vr::PN)
{
    QString offending;
    const auto bytes = CharacterSet::fromValue(terms).encode(text, vr, &offending);
    EXPECT_TRUE(bytes) << terms.toStdString() << " cannot hold " << offending.toStdString();
    return bytes.value_or(QByteArray());
}

QString refused(const QByteArray& terms, const QString& text, Vr vr = Vr::LO)
{
    QString offending;
    const auto bytes = CharacterSet::fromValue(terms).encode(text, vr, &offending);
    EXPECT_FALSE(bytes) << terms.toStdString() << " wrote " << bytes->toHex(' ').toStdString();
    return offending;
}

struct Example {
    const char* name;
    QByteArray terms;
    Vr vr;
    QByteArray bytes;
    QString text;
};

// PS3.5 Annexes H (Japanese), I (Korean), J and K (Chinese).
const std::vector<Example>& examples()
{
    static const std::vector<Example> list{
        {"H.3.1", "\\ISO 2022 IR 87", Vr::PN,
         "Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B",
         u"Yamada^Tarou=山田^太郎=やまだ^たろう"_qs},
        {"H.3.2", "ISO 2022 IR 13\\ISO 2022 IR 87", Vr::PN,
         "\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J="
         "\x1b$B$d$^$@\x1b(J^\x1b$B$?$m$&\x1b(J",
         u"ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう"_qs},
        {"I.2", "\\ISO 2022 IR 149", Vr::PN,
         "Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7="
         "\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf",
         u"Hong^Gildong=洪^吉洞=홍^길동"_qs},
        {"I.3", "\\ISO 2022 IR 149", Vr::LT,
         "The 1st line includes \x1b$)C\xb1\xe6\xb5\xbf.\r\n"
         "The 2nd line includes \x1b$)C\xb1\xe6\xb5\xbf, too.\r\nThe 3rd line.",
         u"The 1st line includes 길동.\r\nThe 2nd line includes 길동, too.\r\nThe 3rd line."_qs},
        {"J.1", "ISO_IR 192", Vr::PN,
         "Wang^XiaoDong=\xe7\x8e\x8b^\xe5\xb0\x8f\xe6\x9d\xb1=", u"Wang^XiaoDong=王^小東="_qs},
        {"J.3", "GB18030", Vr::PN, "Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab=", u"Wang^XiaoDong=王^小东="_qs},
        {"J.4", "GBK", Vr::PN, "Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab=", u"Wang^XiaoDong=王^小东="_qs},
        {"K.2", "\\ISO 2022 IR 58", Vr::PN,
         "Zhang^XiaoDong=\x1b$)A\xd5\xc5^\x1b$)A\xd0\xa1\xb6\xab=", u"Zhang^XiaoDong=张^小东="_qs},
        {"JIS X 0212", "\\ISO 2022 IR 87\\ISO 2022 IR 159", Vr::LO, "\x1b$B;3\x1b$(D0!\x1b(B x",
         u"山丂 x"_qs},
        {"single bytes", "ISO 2022 IR 100\\ISO 2022 IR 144\\ISO 2022 IR 126", Vr::LO,
         "Buc^J\xe9r\xf4me \x1b-L\xbb\xee\xda\x1b-A\\\x1b-F\xc4\xe9\x1b-A", u"Buc^Jérôme Люк\\Δι"_qs},
    };
    return list;
}

} // namespace

TEST(CharacterSet, ReadsAndWritesTheExamplesOfTheStandard)
{
    for (const Example& example : examples()) {
        EXPECT_EQ(decoded(example.terms, example.bytes, example.vr), example.text) << example.name;
        EXPECT_EQ(encoded(example.terms, example.text, example.vr).toHex(' '), example.bytes.toHex(' '))
            << example.name;
    }
}

TEST(CharacterSet, ReadsEverySingleByteSet)
{
    const struct {
        QByteArray terms;
        QByteArray bytes;
        QString text;
    } rows[] = {
        {"ISO_IR 100", "Buc^J\xe9r\xf4me", u"Buc^Jérôme"_qs},
        {"ISO_IR 101",
         "W\xb3\xf3"
         "d\xbc",
         u"Włódź"_qs},
        {"ISO_IR 109", "\xb1\xbf", u"ħż"_qs},
        {"ISO_IR 110", "\xb9\xf0", u"šđ"_qs},
        {"ISO_IR 144",
         "\xbb\xee\xda"
         "ce\xdc\xd1yp\xd3",
         u"Люкceмбypг"_qs},
        {"ISO_IR 127", "\xe2\xc8\xc7\xe6\xea", u"قباني"_qs},
        {"ISO_IR 126", "\xc4\xe9\xef\xed\xf5\xf3\xe9\xef\xf2", u"Διονυσιος"_qs},
        {"ISO_IR 138", "\xf9\xf8\xe5\xef", u"שרון"_qs},
        {"ISO_IR 148", "\xc7\xfd\xf0", u"Çığ"_qs},
        {"ISO_IR 203", "\xa4\xbd\xbe", u"€œŸ"_qs},
        {"ISO_IR 166", "\xa1\xda\xdf\xfb", u"กฺ฿๛"_qs},
        {"ISO_IR 13", "\xd4\xcf\xc0\xde^\xc0\xdb\xb3", u"ﾔﾏﾀﾞ^ﾀﾛｳ"_qs},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(decoded(row.terms, row.bytes), row.text) << row.terms.toStdString();
        EXPECT_EQ(encoded(row.terms, row.text), row.bytes) << row.terms.toStdString();
        EXPECT_EQ(guessed(row.terms, "a\x80z").left(1), u"a") << row.terms.toStdString();
        EXPECT_EQ(refused(row.terms, u"a語b"_qs), u"語") << row.terms.toStdString();
    }
}

TEST(CharacterSet, WritesBackWhateverItReadsWithoutDamage)
{
    const QByteArray terms[] = {"ISO_IR 100", "ISO_IR 101", "ISO_IR 109", "ISO_IR 110",
                                "ISO_IR 144", "ISO_IR 127", "ISO_IR 138", "ISO_IR 148",
                                "ISO_IR 203", "ISO_IR 166", "ISO_IR 13"};
    for (const QByteArray& term : terms) {
        const CharacterSet set = CharacterSet::fromValue(term);
        for (int byte = 0; byte < 256; ++byte) {
            const QByteArray bytes(1, static_cast<char>(byte));
            bool damaged = false;
            const QString text = set.decode(bytes, Vr::LO, &damaged);
            const bool laterEdition = term == "ISO_IR 138" && byte >= 0xfd;
            if (damaged || laterEdition)
                continue;
            EXPECT_EQ(set.encode(text, Vr::LO), bytes) << term.toStdString() << " " << byte;
        }
    }
}

TEST(CharacterSet, WritesBackTheTwoByteSets)
{
    const struct {
        QByteArray terms;
        QByteArray before;
        QByteArray after;
        int half;
        int characters;
    } rows[] = {
        {"\\ISO 2022 IR 87", "\x1b$B", "\x1b(B", 0x00, 6879},
        {"\\ISO 2022 IR 159", "\x1b$(D", "\x1b(B", 0x00, 6067},
        {"\\ISO 2022 IR 149", "\x1b$)C", "", 0x80, 8224},
        {"\\ISO 2022 IR 58", "\x1b$)A", "", 0x80, 7445},
    };
    for (const auto& row : rows) {
        const CharacterSet set = CharacterSet::fromValue(row.terms);
        int same = 0;
        for (int code = 0; code < 94 * 94; ++code) {
            const QByteArray pair{static_cast<char>((code / 94 + 0x21) | row.half)
                                  + QByteArray(1, static_cast<char>((code % 94 + 0x21) | row.half))};
            const QByteArray bytes = row.before + pair + row.after;
            bool damaged = false;
            const QString text = set.decode(bytes, Vr::ST, &damaged);
            same += !damaged && set.encode(text, Vr::ST) == bytes ? 1 : 0;
        }
        EXPECT_EQ(same, row.characters) << row.terms.toStdString();
    }
}

TEST(CharacterSet, KeepsTheBackslashInsideACharacterApartFromTheSeparator)
{
    EXPECT_EQ(decoded("GBK", "\x81\\\\b", Vr::LO), u"乗\\b");
    EXPECT_EQ(decoded("GB18030", "\x81\\\\b", Vr::LO).split(u'\\'), (QStringList{u"乗"_qs, u"b"_qs}));
    EXPECT_EQ(encoded("GB18030", u"乗\\b"_qs, Vr::LO), QByteArray("\x81\\\\b"));
    // "\" and "^" are halves of kanji while JIS X 0208 is invoked
    EXPECT_EQ(decoded("\\ISO 2022 IR 87", "\x1b$BI=\\^\x1b(B\\b", Vr::LO), u"表權\\b");
}

TEST(CharacterSet, ReadsFourByteCharactersAndRefusesWhatGbkLacks)
{
    EXPECT_EQ(decoded("GB18030", "\x95\x32\x82\x36\x81\x30\x81\x30", Vr::LO), u"\U00020000\u0080");
    EXPECT_EQ(encoded("GB18030", u"\U00020000é"_qs, Vr::LO), QByteArray("\x95\x32\x82\x36\xa8\xa6"));
    EXPECT_EQ(refused("GBK", u"王\U00020000"_qs), u"\U00020000");
    EXPECT_EQ(guessed("GBK", "\xcd\xf5\xff\x80z\xcd", Vr::LO).remove(QChar::ReplacementCharacter).left(1),
              u"王");
}

TEST(CharacterSet, JapaneseRomanHasYenAndOverlineButBackslashStillSeparates)
{
    EXPECT_EQ(decoded("ISO_IR 13", "a\\b~", Vr::LO), u"a\\b\u203e");
    EXPECT_EQ(decoded("ISO_IR 13", "\\100", Vr::ST), u"¥100");
    EXPECT_EQ(encoded("ISO_IR 13", u"¥100"_qs, Vr::ST), "\\100");
    EXPECT_EQ(refused("ISO_IR 13", u"¥100"_qs, Vr::LO), u"¥");
    EXPECT_EQ(decoded("ISO_IR 13", "http://a/~b", Vr::UR), u"http://a/~b");
}

TEST(CharacterSet, ReturnsToTheFirstSetBeforeDelimitersLinesAndTheEnd)
{
    EXPECT_EQ(encoded("\\ISO 2022 IR 87", u"山\\田 x"_qs, Vr::LO), "\x1b$B;3\x1b(B\\\x1b$BED\x1b(B x");
    EXPECT_EQ(encoded("\\ISO 2022 IR 87", u"山\r\n田"_qs, Vr::LT), "\x1b$B;3\x1b(B\r\n\x1b$BED\x1b(B");
    EXPECT_EQ(encoded("\\ISO 2022 IR 149", u"길^동"_qs, Vr::LO), QByteArray("\x1b$)C\xb1\xe6^\xb5\xbf"));
    EXPECT_EQ(decoded("ISO 2022 IR 100\\ISO 2022 IR 144", "\x1b-L\xbb\\\xe9", Vr::LO), u"Л\\é");
    EXPECT_EQ(decoded("ISO 2022 IR 100\\ISO 2022 IR 144", "\x1b-L\xbb\t\xe9", Vr::LT), u"Л\té");
}

TEST(CharacterSet, SeesThroughMissingAndUndeclaredEscapeSequences)
{
    EXPECT_EQ(guessed("\\ISO 2022 IR 149", "=\x1b$)C\xfb\xf3^\xd1\xce\xd4\xd7"), u"=洪^吉洞");
    EXPECT_EQ(guessed("\\ISO 2022 IR 149", "\xb1\xe6\xb5\xbf"), u"길동");
    EXPECT_EQ(guessed("", "\x1b$B;3ED\x1b(B"), u"山田");
    EXPECT_EQ(guessed("ISO_IR 100", "a\x1b%Gb"), u"a\ufffd%Gb");
    EXPECT_EQ(decoded("ISO 2022 IR 149", "\xb1\xe6\xb5\xbf"), u"길동");
    EXPECT_EQ(encoded("ISO 2022 IR 149", u"길동"_qs), QByteArray("\x1b$)C\xb1\xe6\xb5\xbf"));
}

TEST(CharacterSet, ReadsWhatIsWronglyDeclaredAndSaysSo)
{
    EXPECT_EQ(guessed("", "J\xc3\xa9r\xc3\xb4me"), u"Jérôme");
    EXPECT_EQ(guessed("", "J\xe9r\xf4me"), u"Jérôme");
    EXPECT_EQ(guessed("ISO_IR 6", "J\xe9r\xf4me"), u"Jérôme");
    EXPECT_EQ(guessed("ISO_IR 999", "J\xe9r\xf4me"), u"Jérôme");
    EXPECT_EQ(guessed("ISO_IR 192", "J\xe9r\xf4me"), u"J\ufffdr\ufffdme");
    EXPECT_EQ(guessed("ISO_IR 192", "Jos\xc3"), u"Jos\ufffd");
    EXPECT_EQ(guessed("ISO_IR 13", "\x8e\x52\x93\x63"), u"山田");
    EXPECT_EQ(decoded("ISO_IR 100", "J\xc3\xa9r\xc3\xb4me"), u"JÃ©rÃ´me");
    EXPECT_EQ(guessed("ISO_IR 100", "\xe5\xb1\xb1", Vr::CS), u"山");
    EXPECT_EQ(guessed("\\ISO 2022 IR 87", "\x1b$B;3E"), u"山\ufffd");
    EXPECT_EQ(guessed("\\ISO 2022 IR 58", "\x1b$)A\xd5^b"), u"\ufffd^b");
}

TEST(CharacterSet, NamesTheFirstCharacterItCannotHold)
{
    EXPECT_EQ(refused("", u"Jérôme"_qs), u"é");
    EXPECT_EQ(refused("ISO_IR 100", u"a€b語"_qs), u"€");
    EXPECT_EQ(refused("ISO_IR 100", u"a😀"_qs), u"😀");
    EXPECT_EQ(refused("ISO_IR 192", u"é"_qs, Vr::CS), u"é");
    EXPECT_EQ(refused("ISO_IR 192", QString(QChar(0xd800))).size(), 1);
    EXPECT_EQ(refused("\\ISO 2022 IR 87", u"山\u4e02"_qs), u"\u4e02");
    EXPECT_EQ(refused("ISO_IR 126", u"€"_qs), u"€");
    for (const char* terms : {"", "ISO_IR 192", "GBK"})
        EXPECT_EQ(refused(terms, u"a\x1b$B"_qs), u"\x1b");
}

TEST(CharacterSet, KeepsUnicodeAsItIs)
{
    const QString text = u"\ufeffe\u0301 שלום 😀\\x"_qs;
    EXPECT_EQ(decoded("ISO_IR 192", text.toUtf8(), Vr::LO), text);
    EXPECT_EQ(encoded("ISO_IR 192", text, Vr::LO), text.toUtf8());
}

TEST(CharacterSet, UnderstandsItsTermsInCommonMisspellings)
{
    const auto terms = [](const QByteArray& value) {
        return CharacterSet::fromValue(value).terms().join(u'|');
    };
    for (const char* value : {"ISO_IR 100", "ISO-IR 100", "ISO_IR_100", "iso ir 100 ", " ISO_IR100",
                              "ISO_IR  100", "ISO IR-100", "ISO8859-1"})
        EXPECT_EQ(terms(value), u"ISO_IR 100") << value;
    for (const char* value : {"ISO 2022 IR 100", "ISO_IR 2022 IR 100", "ISO2022IR100", "ISO_2022_IR_100"})
        EXPECT_EQ(terms(value), u"ISO 2022 IR 100") << value;
    for (const char* value : {"ISO_IR 192", "iso-ir 192", "UTF8", "UTF-8", "ISO 2022 IR 192"})
        EXPECT_TRUE(CharacterSet::fromValue(value).isUtf8()) << value;
    EXPECT_EQ(terms("\\ISO 2022 IR 87 \\ISO_IR 159"), u"|ISO 2022 IR 87|ISO 2022 IR 159");
    EXPECT_EQ(CharacterSet::utf8().value(), "ISO_IR 192");
    EXPECT_EQ(CharacterSet::fromValue(QByteArray("ISO-IR 100\0", 11)).value(), "ISO-IR 100");
}

TEST(CharacterSet, KeepsUnknownTermsAndKnowsTheDefault)
{
    const auto set = CharacterSet::fromValue("ISO_IR 999\\ISO 2022 IR 87");
    EXPECT_EQ(set.unknownTerms(), QStringList{u"ISO_IR 999"_qs});
    EXPECT_EQ(set.terms().size(), 2);
    EXPECT_EQ(set.decode("\x1b$B;3\x1b(B", Vr::LO), u"山");
    EXPECT_FALSE(set.isDefault());
    EXPECT_FALSE(CharacterSet::fromValue("ISO_IR 999").isDefault());
    EXPECT_FALSE(CharacterSet::fromValue("ISO_IR 100").isDefault());
    for (const char* value : {"", " ", "ISO_IR 6", "ISO 2022 IR 6"})
        EXPECT_TRUE(CharacterSet::fromValue(value).isDefault()) << value;
    EXPECT_EQ(CharacterSet::fromValue(""), CharacterSet());
    EXPECT_NE(CharacterSet::fromValue("ISO_IR 100"), CharacterSet());
}

TEST(CharacterSet, DecodesTheSameInEveryThread)
{
    std::vector<int> wrong(4);
    std::vector<std::thread> threads;
    threads.reserve(wrong.size());
    for (int& count : wrong)
        threads.emplace_back([&count] {
            for (int turn = 0; turn < 50; ++turn)
                for (const Example& example : examples())
                    count += CharacterSet::fromValue(example.terms).decode(example.bytes, example.vr)
                        != example.text;
        });
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(wrong, std::vector<int>(4));
}
