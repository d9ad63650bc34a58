// What is announced before a save is exactly what is different afterwards.

#include "core/deid/deidentify.h"
#include "core/edit/merge.h"
#include "tests/core/write_fixture.h"
#include "tests/support/corpus.h"

#include <iostream>
#include <random>

using namespace testing_support;
using dicom::AttributePath;
using dicom::DataSet;
using dicom::Element;
using dicom::Tag;
using dicom::Vr;

namespace {

/// The paths at which two data sets differ, all items as one.
void differences(const DataSet& before, const DataSet& after, const QString& prefix, QSet<QString>& found)
{
    QSet<Tag> tags;
    for (const DataSet* dataSet : {&before, &after})
        for (const auto& element : *dataSet)
            tags.insert(element->tag());
    for (const Tag tag : tags) {
        const Element* old = before.find(tag);
        const Element* now = after.find(tag);
        const bool bothItems = old && now && old->isSequence() && now->isSequence()
            && old->items().size() == now->items().size();
        const bool sameLarge = old && now && old->isInSource() && now->isInSource()
            && old->length() == now->length() && old->vr() == now->vr();
        if (dicom::sameElement(old, now) || sameLarge)
            continue;
        const QString path = prefix + dicom::toString(tag);
        if (!bothItems) {
            found.insert(path);
            continue;
        }
        for (size_t i = 0; i < old->items().size(); ++i)
            differences(old->items()[i], now->items()[i], path + u'/', found);
    }
}

QString plainPath(const AttributePath& path)
{
    QStringList steps;
    for (const auto& step : path.steps())
        steps << dicom::toString(step.tag);
    return steps.join(u'/');
}

class ReviewProperty : public WriterTest {
protected:
    /// A file of a random kind.
    QByteArray randomFile(int number)
    {
        DataSet image = ctImage(1, number % 3, number);
        if (chance(2))
            image.set(dicom::tags::SpecificCharacterSet, Vr::CS, chance(2) ? "ISO_IR 100" : "ISO_IR 192");
        if (chance(3))
            image.set({0x0010, 0x4000}, Vr::UN, "lives in Rye");
        if (chance(3))
            image.set({0x0019, 0x1101}, Vr::LO, "orphan");
        if (chance(4))
            image.remove({0x0008, 0x0016});
        if (chance(4))
            image.set({0x0002, 0x0016}, Vr::AE, "STRAY "); // group 0002 a second time
        QByteArray bytes = dicomBytes(image);
        if (chance(2))
            bytes.replace(0, 6, "SECRET");
        return bytes;
    }

    edit::Edit::Operation randomOperation()
    {
        using Operation = edit::AttributeOperation;
        static const char* const paths[] = {
            "(0010,0010)", "(0010,0020)",          "(0008,0050)", "(0010,4000)", "(0040,0275)[*]/(0010,0010)",
            "(0008,1030)", "(0019,1001 \"ACME\")", "(0010,9999)", "(0008,0018)", "(0018,0050)"};
        switch (m_random() % 6) {
        case 0:
            return edit::DeletePrivate{};
        case 1:
            return deid::Profile();
        case 2:
            return edit::ScriptRun(
                script::parse(QStringLiteral("version \"6.6\"\n-(0002,0016)\n*/(0010,0010) ?= \"X\"\n"))
                    .script);
        case 3:
            return edit::ScriptRun(script::parse(QStringLiteral("version \"6.6\"\n-(0018,0015)\n")).script);
        default:
            const auto path =
                *AttributePath::parse(QString::fromLatin1(paths[m_random() % std::size(paths)]));
            const auto action = static_cast<edit::Action>(m_random() % 4);
            return QList<Operation>{{path, action, QString::number(m_random() % 3)}};
        }
    }

    bool chance(int count) { return m_random() % static_cast<quint32>(count) == 0; }

    /// Checks one file after it was saved to `target`.
    void check(const catalog::InstancePtr& instance, const edit::EditList& edits, const QString& target,
               edit::Evaluator& evaluator)
    {
        QSet<QString> announced;
        for (const auto& row : edit::changes({instance}, edits, evaluator, false))
            announced.insert(plainPath(row.path));
        const auto back = dicom::readFile(target);
        ASSERT_TRUE(back.ok());
        QSet<QString> actual;
        differences(instance->kept().meta, back->meta, {}, actual);
        differences(instance->kept().dataSet, back->dataSet, {}, actual);
        QStringList missing((actual - announced).values());
        QStringList tooMany((announced - actual).values());
        EXPECT_TRUE(missing.isEmpty()) << "not announced: " << missing.join(u' ').toStdString();
        EXPECT_TRUE(tooMany.isEmpty()) << "announced in vain: " << tooMany.join(u' ').toStdString();
        const bool isSame = readBytes(target) == readBytes(instance->path());
        const bool isRewritten = evaluator.evaluate(*instance, edits)->rewritten;
        EXPECT_TRUE(isSame || isRewritten) << "what is called unchanged differs by a byte";
        if (isRewritten) {
            EXPECT_TRUE(back->hasClearPreamble);
        }
        m_rewritten += isRewritten ? 1 : 0;
        m_copied += isRewritten ? 0 : 1;
    }

    std::mt19937 m_random{4711};
    int m_rewritten = 0;
    int m_copied = 0;
};

} // namespace

TEST_F(ReviewProperty, WhatIsAnnouncedIsWhatDiffersOnDisk)
{
    QDir(at(QStringLiteral("in"))).removeRecursively();
    for (int number = 0; number < 150; ++number)
        writeFile(at(QStringLiteral("in/%1").arg(number)), randomFile(number));
    const auto instances = opened();
    ASSERT_EQ(instances.size(), 150);
    for (int round = 0; round < 4; ++round) {
        edit::EditList edits;
        for (const auto& instance : instances)
            for (quint32 i = 0; i < m_random() % 3; ++i)
                edits << std::make_shared<const edit::Edit>(
                    edit::Edit{{}, {instance->id}, randomOperation()});
        edit::Evaluator evaluator({"seed"});
        const Plan planned = plan(instances, to(Kind::NewRoot, at(QStringLiteral("out%1").arg(round))));
        const WriteReport report = write(planned, edits, evaluator, {}, false, [](int, int) {});
        for (const FileOutcome& file : report.files) {
            SCOPED_TRACE(file.file.source.toStdString());
            if (file.status == FileOutcome::Status::Written)
                check(file.file.instance, edits, file.file.target, evaluator);
        }
    }
    std::cout << m_rewritten << " files rewritten, " << m_copied << " copied\n";
    EXPECT_GT(m_rewritten, 200);
    EXPECT_GT(m_copied, 50);
}

TEST_F(ReviewProperty, OverwritingLeavesAloneWhatItCallsUnchanged)
{
    QDir(at(QStringLiteral("in"))).removeRecursively();
    for (int number = 0; number < 60; ++number)
        writeFile(at(QStringLiteral("in/%1").arg(number)), randomFile(number));
    const auto instances = opened();
    edit::EditList edits;
    for (const auto& instance : instances)
        if (chance(2))
            edits << std::make_shared<const edit::Edit>(edit::Edit{{}, {instance->id}, randomOperation()});
    QHash<QString, QByteArray> before;
    for (const auto& instance : instances)
        before.insert(instance->path(), readBytes(instance->path()));
    edit::Evaluator evaluator({"seed"});
    const WriteReport report =
        write(plan(instances, to(Kind::Overwrite)), edits, evaluator, {}, false, [](int, int) {});
    int unchanged = 0;
    for (const FileOutcome& file : report.files)
        if (file.status == FileOutcome::Status::Unchanged) {
            ++unchanged;
            EXPECT_EQ(readBytes(file.file.source), before[file.file.source]);
        }
    EXPECT_GT(unchanged, 10);
}

/// A profile reaches every file that it is run over: a sender in the file meta information does not stay.
TEST_F(ReviewProperty, AProfileThatLeavesTheDataSetEqualWritesTheFileAllTheSame)
{
    QDir(at(QStringLiteral("in"))).removeRecursively();
    DataSet clean = *deid::deidentify(dataSet(QStringLiteral("(0008,0016) UI 1.2.840.10008.5.1.4.1.1.7\n"
                                                             "(0008,0018) UI 1.2.3\n(0010,0010) PN\n")),
                                      {deid::Option::RetainUids}, "seed");
    QByteArray bytes = dicomBytes(clean);
    const QByteArray sender = QByteArray::fromHex("02001600") + "AE" + QByteArray::fromHex("0600") + "SENDER";
    const qsizetype end = bytes.indexOf(QByteArray::fromHex("08001600"));
    bytes.insert(end, sender);
    bytes[140] = static_cast<char>(bytes[140] + sender.size()); // File Meta Information Group Length
    writeFile(at(QStringLiteral("in/a")), bytes);
    const auto instances = opened();
    ASSERT_EQ(instances.size(), 1);
    ASSERT_EQ(instances[0]->kept().meta.bytes({0x0002, 0x0016}), "SENDER");
    edit::Evaluator evaluator({"seed"});
    const edit::EditList edits{
        std::make_shared<const edit::Edit>(edit::Edit{{}, {0}, deid::Profile{deid::Option::RetainUids}})};
    const WriteReport report =
        write(plan(instances, to(Kind::Overwrite)), edits, evaluator, {}, false, [](int, int) {});
    EXPECT_EQ(report.written(), 1);
    EXPECT_FALSE(readBytes(at(QStringLiteral("in/a"))).contains("SENDER"));
}
