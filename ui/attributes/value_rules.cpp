#include "ui/attributes/value_rules.h"

#include "core/dicom/dictionary.h"
#include "core/dicom/value.h"

#include <QCoreApplication>
#include <QSettings>
#include <QUuid>
#include <algorithm>

namespace ui {

namespace {

using Level = ValueVerdict::Level;

QString translated(const char* text)
{
    return QCoreApplication::translate("ValueRules", text);
}

constexpr int longestUid = 64; // PS3.5 section 6.2

QString sentence(QString text)
{
    if (text.isEmpty())
        return text;
    text[0] = text[0].toUpper();
    return text.endsWith(u'.') ? text : text + u'.';
}

QString sentences(const QStringList& texts)
{
    QStringList result;
    for (const QString& text : texts)
        result << sentence(text);
    return result.join(u' ');
}

constexpr dicom::Tag lutDescriptor{0x0028, 0x3002}; ///< one of those that have its rules

/// The first set that cannot hold the text, for want of characters; null when all can.
const dicom::CharacterSet* tooSmallSet(const ValueRules& rules, const QString& text)
{
    for (const dicom::CharacterSet& set : rules.characterSets)
        if (dicom::needsOtherCharacterSet(rules.vr, text, set))
            return &set;
    return nullptr;
}

QString tooSmallReason(const ValueRules& rules, const QString& text, const dicom::CharacterSet& set)
{
    QString offending;
    std::ignore = set.encode(text, rules.vr, &offending);
    const QString name = set.isDefault() ? QStringLiteral("ISO_IR 6") : set.terms().join(u'\\');
    return translated("The file's character set (%1) cannot hold “%2”.").arg(name, offending);
}

/// Why text cannot be written in what that names; empty when it can (PS3.3 section C.12.1.1.2).
QString whyNoCharacterSet(const QString& text)
{
    const auto set = dicom::CharacterSet::fromValue(text.toLatin1());
    const QStringList unknown = set.unknownTerms();
    if (!unknown.isEmpty())
        return translated("“%1” is not a character set of DICOM, such as ISO_IR 100 or ISO_IR 192.")
            .arg(unknown.first());
    if (set.terms().size() > 1 && set.terms().contains(QStringLiteral("ISO_IR 192")))
        return translated("ISO_IR 192 stands alone: it holds all characters.");
    return {};
}

QUuid storedUidNamespace()
{
    QSettings settings;
    const QString key = QStringLiteral("uid/namespace");
    QUuid uuid = QUuid::fromString(settings.value(key).toString());
    if (uuid.isNull()) {
        uuid = QUuid::createUuid();
        settings.setValue(key, uuid.toString(QUuid::WithoutBraces));
    }
    return uuid;
}

/// One for each installation: the same everywhere would make equal case numbers equal UIDs.
const QUuid& uidNamespace()
{
    static const QUuid uuid = storedUidNamespace();
    return uuid;
}

/// The decimal digits of a number of 128 bits, big endian.
QString decimal(QByteArray bytes)
{
    QString digits;
    while (std::any_of(bytes.begin(), bytes.end(), [](char c) { return c != 0; })) {
        unsigned remainder = 0;
        for (char& c : bytes) {
            const unsigned value = remainder * 256 + static_cast<unsigned char>(c);
            c = static_cast<char>(value / 10);
            remainder = value % 10;
        }
        digits.prepend(QChar(static_cast<char16_t>(u'0' + remainder)));
    }
    return digits.isEmpty() ? QStringLiteral("0") : digits;
}

} // namespace

ValueRules rulesFor(const edit::MergedAttribute& attribute)
{
    const auto* entry = dicom::find(attribute.path.tag(), attribute.path.creator());
    ValueRules rules{attribute.vr, entry ? entry->vm : QString(), {}};
    for (const edit::DistinctValue& value : attribute.values + attribute.originals)
        if (!rules.characterSets.contains(value.characterSet))
            rules.characterSets << value.characterSet;
    if (rules.characterSets.isEmpty())
        rules.characterSets << dicom::CharacterSet();
    rules.isRequired = edit::isRequired(attribute.path);
    rules.isLutDescriptor = dicom::isLutDescriptor(attribute.path.tag());
    rules.isCharacterSet = attribute.path.tag() == dicom::tags::SpecificCharacterSet;
    return rules;
}

QString uidFromText(const QString& text)
{
    return QStringLiteral("2.25.") + decimal(QUuid::createUuidV5(uidNamespace(), text).toRfc4122());
}

ValueVerdict judge(const ValueRules& rules, const QString& text, bool reencode)
{
    ValueVerdict verdict;
    if (rules.isRequired && text.trimmed().isEmpty())
        return {Level::Refused, translated("An image must have it: it cannot be empty.")};
    if (rules.isCharacterSet)
        if (const QString reason = whyNoCharacterSet(text); !reason.isEmpty())
            return {Level::Refused, reason};
    const dicom::CharacterSet* tooSmall = tooSmallSet(rules, text);
    verdict.otherCharacterSet = tooSmall != nullptr;
    if (tooSmall && !reencode)
        return {Level::Refused, tooSmallReason(rules, text, *tooSmall), true};
    const dicom::Tag tag = rules.isLutDescriptor ? lutDescriptor : dicom::Tag();
    const auto bytes = dicom::encodeValue(tag, rules.vr, text, dicom::CharacterSet::utf8());
    if (!bytes) {
        verdict.level = Level::Refused;
        verdict.reason = sentence(bytes.error().reason);
        return verdict;
    }
    const QStringList problems = dicom::checkValue(rules.vr, rules.vm, text);
    if (problems.isEmpty())
        return verdict;
    verdict.reason = sentences(problems);
    verdict.level = Level::Refused;
    if (rules.vr == dicom::Vr::UI && text.size() <= longestUid && !text.contains(u'\\')) {
        verdict.level = Level::Doubtful;
        verdict.reason = translated("“%1” is not a valid UID; other programs may refuse the file.").arg(text);
        verdict.offeredUid = uidFromText(text);
    }
    return verdict;
}

} // namespace ui
