// "US or SS" goes by Pixel Representation of the nearest enclosing data set that has it.

#include "core/dicom/reader.h"
#include "core/dicom/scope.h"
#include "core/dicom/unknown_value.h"
#include "core/dicom/value.h"
#include "core/edit/edit.h"
#include "core/script/script.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"

#include <QTemporaryDir>
#include <QtEndian>
#include <gtest/gtest.h>

using namespace dicom;
using testing_support::dataSet;

namespace {

constexpr Tag padding{0x0028, 0x0120};
constexpr Tag zeroVelocity{0x0018, 0x9810}; ///< stands before Pixel Representation
constexpr Tag sequence{0x0008, 0x2218}; ///< any one before group 0028

QByteArray number(quint32 value, int bytes)
{
    const quint32 little = qToLittleEndian(value);
    return {reinterpret_cast<const char*>(&little), bytes};
}

/// Implicit VR little endian.
QByteArray element(Tag tag, const QByteArray& value)
{
    return number(tag.group, 2) + number(tag.element, 2) + number(static_cast<quint32>(value.size()), 4)
        + value;
}

QByteArray representation(int value)
{
    return element(tags::PixelRepresentation, number(static_cast<quint32>(value), 2));
}

const QByteArray minus2000 = QByteArray("\x30\xF8", 2);

struct Numbers {
    QString outer, before, inner;
};

/// What is read from an image with numbers outside and inside of an item; -1: without Pixel Representation.
Numbers readBack(int outside, int inside, bool isDirect)
{
    QByteArray content = element(padding, minus2000);
    if (inside >= 0)
        content = representation(inside) + content;
    QByteArray image = element({0x0008, 0x0018}, "1.2.3.40") + element(sequence, element(tags::Item, content))
        + element(zeroVelocity, minus2000);
    if (outside >= 0)
        image += representation(outside);
    image += element(padding, minus2000);
    QTemporaryDir folder;
    const QString path = testing_support::writeFile(
        folder.filePath(QStringLiteral("a")),
        testing_support::dicomBytes({}, QStringLiteral("1.2.840.10008.1.2")) + image);
    const auto file = isDirect ? readFile(path) : readFileByDcmtk(path);
    EXPECT_TRUE(file.ok());
    if (!file)
        return {};
    const DataSet& read = file->dataSet;
    return {valueText(*read.find(padding), {}), valueText(*read.find(zeroVelocity), {}),
            valueText(*read.find(sequence)->items()[0].find(padding), {})};
}

edit::AttributeOperation assignment(const char* path, const char* value)
{
    edit::AttributeOperation operation;
    operation.path = *AttributePath::parse(QString::fromUtf8(path));
    operation.action = edit::Action::Assign;
    operation.text = QString::fromUtf8(value);
    return operation;
}

DataSet edited(const DataSet& source, const edit::AttributeOperation& operation)
{
    dicom::LoadedFile file;
    file.dataSet = source;
    const catalog::Instance instance = catalog::instanceOf(std::move(file));
    edit::Evaluator evaluator({});
    const auto assign = std::make_shared<const edit::Edit>(
        edit::Edit{QStringLiteral("Assign"), {instance.id}, QList{operation}});
    const auto result = evaluator.evaluate(instance, {assign});
    EXPECT_TRUE(result.ok()) << (result ? std::string() : result.error().message().toStdString());
    return result ? result->dataSet : DataSet();
}

} // namespace

TEST(Scope, DecidesTheSignOfNumbersInImplicitVr)
{
    initialiseLibrary();
    const QString plus = QStringLiteral("63536");
    const QString minus = QStringLiteral("-2000");
    const struct {
        int outside, inside;
        QString outer, inner;
    } cases[] = {
        {-1, -1, plus, plus}, {0, -1, plus, plus},  {1, -1, minus, minus}, {1, 0, minus, plus},
        {0, 1, plus, minus},  {1, 1, minus, minus}, {-1, 1, plus, minus},
    };
    for (const auto& given : cases)
        for (const bool isDirect : {true, false}) {
            const Numbers read = readBack(given.outside, given.inside, isDirect);
            EXPECT_EQ(read.outer, given.outer) << given.outside << given.inside << isDirect;
            EXPECT_EQ(read.before, given.outer) << given.outside << given.inside << isDirect;
            EXPECT_EQ(read.inner, given.inner) << given.outside << given.inside << isDirect;
        }
}

TEST(Scope, DecidesTheSignOfWhatIsStoredAsUnknown)
{
    for (const int sign : {0, 1}) {
        DataSet image = dataSet(QStringLiteral("(0028,0103) US %1").arg(sign));
        image.set(padding, Vr::UN, minus2000);
        image.set(sequence, Vr::UN, element(tags::Item, element(padding, minus2000)));
        const DataSet read = withUnknownValuesRead(image);
        const QString expected = QString::fromUtf8(sign ? "-2000" : "63536");
        EXPECT_EQ(valueText(*read.find(padding), {}), expected);
        EXPECT_EQ(valueText(*read.find(sequence)->items()[0].find(padding), {}), expected);
    }
}

TEST(Scope, DecidesTheSignOfWhatIsAdded)
{
    const DataSet signedImage = dataSet(QStringLiteral("(0008,2218)[0]/(0008,0100) SH A\n(0028,0103) US 1"));
    for (const char* path : {"(0028,0121)", "(0008,2218)[0]/(0028,0121)"}) {
        const auto text = testing_support::text(edited(signedImage, assignment(path, "-1400")));
        EXPECT_TRUE(text.contains(QStringLiteral("(0028,0121) SS -1400"))) << text.toStdString();
        const auto parsed =
            script::parse(QStringLiteral("version \"6.6\"\n%1 := \"-1400\"").arg(QString::fromUtf8(path)));
        ASSERT_TRUE(parsed.script);
        const auto run = script::run(*parsed.script, signedImage, {"seed", {}});
        ASSERT_TRUE(run.ok()) << run.error().message().toStdString();
        EXPECT_TRUE(testing_support::text(run->dataSet).contains(QStringLiteral("(0028,0121) SS -1400")));
    }
    const DataSet plain = dataSet(QStringLiteral("(0028,0103) US 0"));
    EXPECT_TRUE(testing_support::text(edited(plain, assignment("(0028,0121)", "40000")))
                    .contains(QStringLiteral("(0028,0121) US 40000")));
}

TEST(Scope, DescriptorsOfLookupTablesHaveUnsignedNumbersAroundASignedOne)
{
    const DataSet image = dataSet(QStringLiteral("(0028,0103) US 1"));
    for (const char* path : {"(0028,3002)", "(0028,1101)", "(0028,1103)"}) {
        const DataSet made = edited(image, assignment(path, "40000\\-1000\\16"));
        const Element* descriptor = made.find(AttributePath::parse(QString::fromUtf8(path))->tag());
        ASSERT_TRUE(descriptor) << path;
        EXPECT_EQ(descriptor->vr(), Vr::SS);
        EXPECT_EQ(valueText(*descriptor, {}), u"40000\\-1000\\16");
    }
    EXPECT_FALSE(encodeValue(Tag{0x0028, 0x3002}, Vr::SS, QStringLiteral("70000\\0\\16"), {}).ok());
    EXPECT_FALSE(encodeValue(Tag{0x0028, 0x3002}, Vr::SS, QStringLiteral("40000\\40000\\16"), {}).ok());
}
