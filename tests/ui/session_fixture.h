#pragma once

#include "core/edit/session.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"

#include <QAbstractItemModel>
#include <QTemporaryDir>
#include <QTest>
#include <functional>
#include <gtest/gtest.h>

/// Lets the event loop run until the condition holds; false after ten seconds.
inline bool waitFor(const std::function<bool()>& condition)
{
    return QTest::qWaitFor(condition, 10'000);
}

/// Test data: files made from text, in a folder of their own.
class DataFolder {
public:
    QString path() const { return m_folder.path(); }

    /// A CT image with more elements, as lines of testing_support::dataSet().
    QString addImage(const QString& name, int study, int series, int instance, const QString& more = {},
                     const QString& patient = QStringLiteral("Doe^Jane"))
    {
        dicom::DataSet image = testing_support::ctImage(study, series, instance, patient);
        for (const dicom::ElementPtr& element : testing_support::dataSet(more))
            image.set(element);
        return add(name, image);
    }

    QString add(const QString& name, const dicom::DataSet& image)
    {
        return testing_support::writeFile(m_folder.filePath(name), testing_support::dicomBytes(image));
    }

    QString addText(const QString& name, const QByteArray& bytes)
    {
        return testing_support::writeFile(m_folder.filePath(name), bytes);
    }

private:
    QTemporaryDir m_folder;
};

inline void openAndWait(edit::Session& session, const QString& path)
{
    session.open({path});
    ASSERT_TRUE(waitFor([&] { return !session.progress().running; }));
}

/// The shown texts of a model, a line per row: cells joined by " | ", two blanks more per level.
inline QString shown(const QAbstractItemModel& model, const QModelIndex& parent = {}, int level = 0)
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(parent); ++column)
            cells << model.index(row, column, parent).data().toString();
        text += QString(qsizetype{2} * level, u' ') + cells.join(QStringLiteral(" | ")).trimmed() + u'\n';
        text += shown(model, model.index(row, 0, parent), level + 1);
    }
    return text;
}
