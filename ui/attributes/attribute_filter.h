#pragma once

#include <QSortFilterProxyModel>

namespace edit {
struct MergedAttribute;
}

namespace ui {

/// Shows the attributes that match the text and one of the kinds, with the sequences that they stand in, and
/// sorts them.
class AttributeFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    enum KindFlag { Identifying = 1, Private = 2, Unknown = 4, Edited = 8, Differing = 16 };
    Q_DECLARE_FLAGS(Kinds, KindFlag)

    explicit AttributeFilter(QObject* parent = nullptr);

    /// Words that must all occur in tag, keyword, name, creator or values; case does not matter.
    void setText(const QString& text);
    /// None: all attributes.
    void setKinds(Kinds kinds);
    bool isActive() const { return !m_words.isEmpty() || m_kinds; }
    /// Whether the row itself matches, not only something in it.
    bool matches(const QModelIndex& sourceIndex) const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    bool isOfKinds(const edit::MergedAttribute& attribute) const;

    QStringList m_words;
    Kinds m_kinds;
};

Q_DECLARE_OPERATORS_FOR_FLAGS(AttributeFilter::Kinds)

} // namespace ui
