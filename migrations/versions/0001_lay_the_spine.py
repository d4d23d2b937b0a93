"""Lay the spine: people, unions, files, visits, funds, cases, payments, vouchers, the record."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from relief import triggers

revision = '0001'
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
APPEND_ONLY = ("audit_entry", "audit_seal", "access_entry", "journal_entry", "case_step", "decision_snapshot")


def upgrade() -> None:
    op.create_table('access_entry',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('user_id', sa.BigInteger(), nullable=True),
    sa.Column('actor', sa.String(length=120), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.BigInteger(), nullable=True),
    sa.Column('what', sa.String(length=60), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_entry'))
    )
    with op.batch_alter_table('access_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_access_entry_subject_at_id'), ['subject', 'at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_entry_subject_subject_id_id'), ['subject', 'subject_id', 'id'], unique=False)

    op.create_table('audit_entry',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('union_id', sa.BigInteger(), nullable=True),
    sa.Column('user_id', sa.BigInteger(), nullable=True),
    sa.Column('person_id', sa.BigInteger(), nullable=True),
    sa.Column('actor', sa.String(length=120), nullable=False),
    sa.Column('verb', sa.String(length=60), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.BigInteger(), nullable=True),
    sa.Column('changes', JSON, nullable=False),
    sa.Column('unusual', sa.String(length=40), nullable=True),
    sa.Column('mac', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entry_on_id'), ['on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entry_subject_id'), ['subject', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entry_subject_subject_id_id'), ['subject', 'subject_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entry_union_id_id'), ['union_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entry_unusual_at_id'), ['unusual', 'at', 'id'], unique=False)

    op.create_table('blob',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('media_type', sa.String(length=80), nullable=False),
    sa.Column('wrapped_key', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_blob'))
    )
    op.create_table('calendar_day',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('is_working', sa.Boolean(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('notice', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_calendar_day'))
    )
    op.create_table('calendar_year',
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('notice', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('year', name=op.f('pk_calendar_year'))
    )
    op.create_table('fund',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fund')),
    sa.UniqueConstraint('code', name=op.f('uq_fund_code'))
    )
    op.create_table('number_series',
    sa.Column('series', sa.String(length=60), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('series', name=op.f('pk_number_series'))
    )
    op.create_table('person',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('pinyin', sa.String(length=120), nullable=False),
    sa.Column('resident_id', sa.Text(), nullable=True),
    sa.Column('resident_id_index', sa.String(length=64), nullable=True),
    sa.Column('resident_id_masked', sa.String(length=20), nullable=True),
    sa.Column('born_on', sa.Date(), nullable=True),
    sa.Column('sex', sa.String(length=8), nullable=True),
    sa.Column('nation', sa.String(length=30), nullable=True),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('phone_index', sa.String(length=64), nullable=True),
    sa.Column('phone_masked', sa.String(length=20), nullable=True),
    sa.Column('deceased_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("sex IN ('male','female')", name=op.f('ck_person_sex')),
    sa.CheckConstraint('(resident_id IS NULL) = (resident_id_index IS NULL)', name=op.f('ck_person_resident_id_indexed')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('resident_id_index', name=op.f('uq_person_resident_id_index'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index('ix_person_deceased', ['deceased_on'], unique=False, sqlite_where=sa.text('deceased_on IS NOT NULL'), postgresql_where=sa.text('deceased_on IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_person_phone_index'), ['phone_index'], unique=False)

    op.create_table('sign_in_failure',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('name_index', sa.String(length=64), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_failure'))
    )
    with op.batch_alter_table('sign_in_failure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_failure_address_at'), ['address', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_in_failure_name_index_at'), ['name_index', 'at'], unique=False)

    op.create_table('union_org',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('parent_id', BIG, nullable=True),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('short_name', sa.String(length=40), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('level', sa.String(length=12), nullable=False),
    sa.Column('path', sa.String(length=200), nullable=False),
    sa.Column('phone', sa.String(length=30), nullable=True),
    sa.Column('address', sa.String(length=120), nullable=True),
    sa.Column('area', sa.String(length=40), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("level IN ('bureau','grassroots','group')", name=op.f('ck_union_org_level')),
    sa.ForeignKeyConstraint(['parent_id'], ['union_org.id'], name=op.f('fk_union_org_parent_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_union_org')),
    sa.UniqueConstraint('code', name=op.f('uq_union_org_code')),
    sa.UniqueConstraint('path', name=op.f('uq_union_org_path'))
    )
    with op.batch_alter_table('union_org', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_union_org_parent_id'), ['parent_id'], unique=False)

    op.create_table('audit_sample',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('seed', sa.String(length=40), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('bounds', JSON, nullable=False),
    sa.Column('population', sa.Integer(), nullable=False),
    sa.Column('case_ids', JSON, nullable=False),
    sa.Column('drawn_by', BIG, nullable=True),
    sa.Column('drawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['drawn_by'], ['person.id'], name=op.f('fk_audit_sample_drawn_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_sample'))
    )
    op.create_table('audit_seal',
    sa.Column('entry_id', BIG, nullable=False),
    sa.Column('chain', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('head', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['audit_entry.id'], name=op.f('fk_audit_seal_entry_id_audit_entry')),
    sa.PrimaryKeyConstraint('entry_id', name=op.f('pk_audit_seal')),
    sa.UniqueConstraint('chain', 'number', name=op.f('uq_audit_seal_chain_number'))
    )
    op.create_table('declared_relative',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('relative_id', BIG, nullable=False),
    sa.Column('relation', sa.String(length=20), nullable=False),
    sa.Column('declared_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('person_id <> relative_id', name=op.f('ck_declared_relative_two_people')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_declared_relative_person_id_person')),
    sa.ForeignKeyConstraint(['relative_id'], ['person.id'], name=op.f('fk_declared_relative_relative_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declared_relative')),
    sa.UniqueConstraint('person_id', 'relative_id', name=op.f('uq_declared_relative_person_id_relative_id'))
    )
    with op.batch_alter_table('declared_relative', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_declared_relative_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_declared_relative_relative_id'), ['relative_id'], unique=False)

    op.create_table('fund_balance',
    sa.Column('fund_id', BIG, nullable=False),
    sa.Column('announced', sa.BigInteger(), nullable=False),
    sa.Column('received', sa.BigInteger(), nullable=False),
    sa.Column('committed', sa.BigInteger(), nullable=False),
    sa.Column('released', sa.BigInteger(), nullable=False),
    sa.Column('paid', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('announced - committed - paid >= 0', name=op.f('ck_fund_balance_never_overdrawn')),
    sa.CheckConstraint('announced >= received', name=op.f('ck_fund_balance_announced_covers_received')),
    sa.CheckConstraint('received >= paid + released', name=op.f('ck_fund_balance_received_covers_paid')),
    sa.CheckConstraint('released >= 0 AND released <= committed AND paid >= 0', name=op.f('ck_fund_balance_released_is_committed')),
    sa.ForeignKeyConstraint(['fund_id'], ['fund.id'], name=op.f('fk_fund_balance_fund_id_fund')),
    sa.PrimaryKeyConstraint('fund_id', name=op.f('pk_fund_balance'))
    )
    op.create_table('household',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('number', sa.String(length=30), nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('head_id', BIG, nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('declared_category', sa.String(length=12), nullable=True),
    sa.Column('assessed_category', sa.String(length=12), nullable=True),
    sa.Column('file_tier', sa.String(length=12), nullable=False),
    sa.Column('heating', sa.String(length=12), nullable=True),
    sa.Column('address', sa.Text(), nullable=True),
    sa.Column('declared_size', sa.Integer(), nullable=True),
    sa.Column('income_12', sa.BigInteger(), nullable=True),
    sa.Column('rigid_12', sa.BigInteger(), nullable=True),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('reviewed_on', sa.Date(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('closed_why', sa.String(length=20), nullable=True),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.Column('source', sa.String(length=12), nullable=False),
    sa.Column('by_hand', JSON, nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("file_tier IN ('national','provincial','bureau')", name=op.f('ck_household_file_tier')),
    sa.CheckConstraint("status IN ('active','temporary','exited','closed')", name=op.f('ck_household_status')),
    sa.ForeignKeyConstraint(['head_id'], ['person.id'], name=op.f('fk_household_head_id_person')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_household_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_household')),
    sa.UniqueConstraint('number', name=op.f('uq_household_number'))
    )
    with op.batch_alter_table('household', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_household_head_id'), ['head_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_household_status_id'), ['status', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_household_union_id_status_id'), ['union_id', 'status', 'id'], unique=False)

    op.create_table('meeting',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('attendees', JSON, nullable=False),
    sa.Column('resolution', sa.Text(), nullable=True),
    sa.Column('recorded_by', BIG, nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['recorded_by'], ['person.id'], name=op.f('fk_meeting_recorded_by_person')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_meeting_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
    sa.UniqueConstraint('union_id', 'number', name=op.f('uq_meeting_union_id_number'))
    )
    op.create_table('notice',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('place', sa.String(length=80), nullable=False),
    sa.Column('posted_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('provisional', sa.Boolean(), nullable=False),
    sa.Column('working_days', sa.Integer(), nullable=False),
    sa.Column('posted_by', BIG, nullable=True),
    sa.Column('taken_down_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state = 'draft' OR (posted_on IS NOT NULL AND ends_on > posted_on)", name=op.f('ck_notice_dated')),
    sa.CheckConstraint("state IN ('draft','posted','ended','stopped','taken_down')", name=op.f('ck_notice_state')),
    sa.ForeignKeyConstraint(['posted_by'], ['person.id'], name=op.f('fk_notice_posted_by_person')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_notice_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('number', name=op.f('uq_notice_number'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_state_ends_on'), ['state', 'ends_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_notice_union_id'), ['union_id'], unique=False)

    op.create_table('opening_import',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('filename', sa.String(length=200), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('report', sa.Text(), nullable=False),
    sa.Column('tally', JSON, nullable=False),
    sa.Column('created_by', BIG, nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('staged','imported','dropped')", name=op.f('ck_opening_import_state')),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_opening_import_created_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opening_import'))
    )
    op.create_table('opinion_passed',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('to_union_id', BIG, nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('why', sa.String(length=200), nullable=False),
    sa.Column('named_by', BIG, nullable=True),
    sa.Column('named_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('instead_of', BIG, nullable=True),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['instead_of'], ['opinion_passed.id'], name=op.f('fk_opinion_passed_instead_of_opinion_passed')),
    sa.ForeignKeyConstraint(['named_by'], ['person.id'], name=op.f('fk_opinion_passed_named_by_person')),
    sa.ForeignKeyConstraint(['to_union_id'], ['union_org.id'], name=op.f('fk_opinion_passed_to_union_id_union_org')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_opinion_passed_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opinion_passed')),
    sa.UniqueConstraint('instead_of', name=op.f('uq_opinion_passed_instead_of'))
    )
    with op.batch_alter_table('opinion_passed', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opinion_passed_union_id'), ['union_id'], unique=False)

    op.create_table('paid_tally',
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('payments', sa.Integer(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_paid_tally_union_id_union_org')),
    sa.PrimaryKeyConstraint('month', 'union_id', 'kind', name=op.f('pk_paid_tally'))
    )
    op.create_table('sheet',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('number', sa.String(length=40), nullable=True),
    sa.Column('fund_id', BIG, nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('way', sa.String(length=8), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('row_count', sa.Integer(), nullable=False),
    sa.Column('household_count', sa.Integer(), nullable=False),
    sa.Column('total', sa.BigInteger(), nullable=False),
    sa.Column('tails', sa.Integer(), nullable=False),
    sa.Column('made_by', BIG, nullable=True),
    sa.Column('makers', JSON, nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_by', BIG, nullable=True),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_by', BIG, nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('record_head', sa.String(length=64), nullable=True),
    sa.Column('subject_code', sa.String(length=40), nullable=True),
    sa.Column('ledger_number', sa.String(length=40), nullable=True),
    sa.Column('bank_number', sa.String(length=40), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state = 'draft' OR number IS NOT NULL", name=op.f('ck_sheet_numbered')),
    sa.CheckConstraint("state IN ('draft','submitted') OR (released_by IS NOT NULL AND released_by <> made_by)", name=op.f('ck_sheet_released_by_another_hand')),
    sa.CheckConstraint("state IN ('draft','submitted','released','sent','reconciled','closed')", name=op.f('ck_sheet_state')),
    sa.CheckConstraint("way IN ('transfer','cash','goods')", name=op.f('ck_sheet_way')),
    sa.ForeignKeyConstraint(['fund_id'], ['fund.id'], name=op.f('fk_sheet_fund_id_fund')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_sheet_made_by_person')),
    sa.ForeignKeyConstraint(['released_by'], ['person.id'], name=op.f('fk_sheet_released_by_person')),
    sa.ForeignKeyConstraint(['sent_by'], ['person.id'], name=op.f('fk_sheet_sent_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet')),
    sa.UniqueConstraint('number', name=op.f('uq_sheet_number'))
    )
    with op.batch_alter_table('sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sheet_fund_id_month'), ['fund_id', 'month'], unique=False)
        batch_op.create_index(batch_op.f('ix_sheet_state_id'), ['state', 'id'], unique=False)

    op.create_table('union_alias',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_union_alias_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_union_alias')),
    sa.UniqueConstraint('name', name=op.f('uq_union_alias_name'))
    )
    with op.batch_alter_table('union_alias', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_union_alias_union_id'), ['union_id'], unique=False)

    op.create_table('user_account',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('username', sa.String(length=60), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('totp_secret', sa.Text(), nullable=True),
    sa.Column('totp_used', sa.BigInteger(), nullable=True),
    sa.Column('language', sa.String(length=16), nullable=True),
    sa.Column('large_type', sa.Boolean(), nullable=False),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('password_changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_user_account_person_id_person')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_user_account_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_account')),
    sa.UniqueConstraint('username', name=op.f('uq_user_account_username'))
    )
    with op.batch_alter_table('user_account', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_user_account_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_user_account_union_id'), ['union_id'], unique=False)

    op.create_table('visit_sheet',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('made_by', BIG, nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('verification','care','follow_up')", name=op.f('ck_visit_sheet_kind')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_visit_sheet_made_by_person')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_visit_sheet_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_sheet')),
    sa.UniqueConstraint('code', name=op.f('uq_visit_sheet_code'))
    )
    with op.batch_alter_table('visit_sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_sheet_union_id'), ['union_id'], unique=False)

    op.create_table('wait_tally',
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('days', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('payments', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_wait_tally_union_id_union_org')),
    sa.PrimaryKeyConstraint('month', 'union_id', 'kind', 'days', name=op.f('pk_wait_tally'))
    )
    op.create_table('attachment',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('household_id', BIG, nullable=True),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('added_by', BIG, nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['added_by'], ['user_account.id'], name=op.f('fk_attachment_added_by_user_account')),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_attachment_household_id_household')),
    sa.ForeignKeyConstraint(['sha256'], ['blob.sha256'], name=op.f('fk_attachment_sha256_blob')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_attachment_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment'))
    )
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attachment_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attachment_subject_subject_id'), ['subject', 'subject_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attachment_union_id'), ['union_id'], unique=False)

    op.create_table('audit_doubt',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('number', sa.String(length=30), nullable=False),
    sa.Column('code', sa.String(length=4), nullable=False),
    sa.Column('subject', sa.String(length=20), nullable=False),
    sa.Column('subject_id', sa.BigInteger(), nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('owner_id', BIG, nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finding', sa.Text(), nullable=True),
    sa.Column('raised_by', BIG, nullable=True),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('open','answered','settled','upheld')", name=op.f('ck_audit_doubt_state')),
    sa.ForeignKeyConstraint(['owner_id'], ['user_account.id'], name=op.f('fk_audit_doubt_owner_id_user_account')),
    sa.ForeignKeyConstraint(['raised_by'], ['person.id'], name=op.f('fk_audit_doubt_raised_by_person')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_audit_doubt_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_doubt')),
    sa.UniqueConstraint('number', name=op.f('uq_audit_doubt_number'))
    )
    with op.batch_alter_table('audit_doubt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_doubt_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_doubt_state_due_on'), ['state', 'due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_doubt_subject_subject_id'), ['subject', 'subject_id'], unique=False)

    op.create_table('consent',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('household_id', BIG, nullable=False),
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('purpose', sa.String(length=12), nullable=False),
    sa.Column('wording', sa.String(length=20), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=False),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_consent_household_id_household')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_consent_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent'))
    )
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consent_person_id'), ['person_id'], unique=False)

    op.create_table('form_draft',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('user_id', BIG, nullable=False),
    sa.Column('form_key', sa.String(length=80), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_form_draft_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_form_draft')),
    sa.UniqueConstraint('user_id', 'form_key', name=op.f('uq_form_draft_user_id_form_key'))
    )
    with op.batch_alter_table('form_draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_form_draft_user_id'), ['user_id'], unique=False)

    op.create_table('hardship_event',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('household_id', BIG, nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('story', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_hardship_event_household_id_household')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hardship_event'))
    )
    with op.batch_alter_table('hardship_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hardship_event_household_id_on'), ['household_id', 'on'], unique=False)

    op.create_table('household_account',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('household_id', BIG, nullable=False),
    sa.Column('payee_id', BIG, nullable=False),
    sa.Column('holder', sa.String(length=60), nullable=False),
    sa.Column('bank', sa.String(length=80), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('number_index', sa.String(length=64), nullable=False),
    sa.Column('number_tail', sa.String(length=4), nullable=False),
    sa.Column('passes_luhn', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('entered_by', BIG, nullable=True),
    sa.Column('confirmed_by', BIG, nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('active','proposed','replaced','rejected')", name=op.f('ck_household_account_state')),
    sa.ForeignKeyConstraint(['confirmed_by'], ['person.id'], name=op.f('fk_household_account_confirmed_by_person')),
    sa.ForeignKeyConstraint(['entered_by'], ['person.id'], name=op.f('fk_household_account_entered_by_person')),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_household_account_household_id_household')),
    sa.ForeignKeyConstraint(['payee_id'], ['person.id'], name=op.f('fk_household_account_payee_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_household_account'))
    )
    with op.batch_alter_table('household_account', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_household_account_household_id_state'), ['household_id', 'state'], unique=False)
        batch_op.create_index('ix_household_account_luhn', ['created_at', 'id'], unique=False, sqlite_where=sa.text('passes_luhn IS 0'), postgresql_where=sa.text('passes_luhn IS false'))
        batch_op.create_index(batch_op.f('ix_household_account_number_index'), ['number_index'], unique=False)
        batch_op.create_index(batch_op.f('ix_household_account_payee_id'), ['payee_id'], unique=False)
        batch_op.create_index('uq_household_account_active', ['household_id'], unique=True, sqlite_where=sa.text("state = 'active'"), postgresql_where=sa.text("state = 'active'"))

    op.create_table('household_cause',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('household_id', BIG, nullable=False),
    sa.Column('code', sa.String(length=4), nullable=False),
    sa.Column('is_main', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_household_cause_household_id_household')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_household_cause')),
    sa.UniqueConstraint('household_id', 'code', name=op.f('uq_household_cause_household_id_code'))
    )
    with op.batch_alter_table('household_cause', schema=None) as batch_op:
        batch_op.create_index('uq_household_cause_main', ['household_id'], unique=True, sqlite_where=sa.text('is_main'), postgresql_where=sa.text('is_main'))

    op.create_table('household_gram',
    sa.Column('gram', sa.String(length=64), nullable=False),
    sa.Column('household_id', BIG, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_household_gram_household_id_household')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_household_gram_union_id_union_org')),
    sa.PrimaryKeyConstraint('gram', 'household_id', name=op.f('pk_household_gram'))
    )
    with op.batch_alter_table('household_gram', schema=None) as batch_op:
        batch_op.create_index('ix_household_gram_household', ['household_id'], unique=False)
        batch_op.create_index('ix_household_gram_union', ['gram', 'union_id', 'household_id'], unique=False)

    op.create_table('household_member',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('household_id', BIG, nullable=False),
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('relation', sa.String(length=20), nullable=False),
    sa.Column('health', sa.Text(), nullable=True),
    sa.Column('monthly_income', sa.BigInteger(), nullable=True),
    sa.Column('occupation', sa.String(length=60), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_household_member_household_id_household')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_household_member_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_household_member'))
    )
    with op.batch_alter_table('household_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_household_member_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_household_member_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_household_member_active', ['person_id'], unique=True, sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))

    op.create_table('household_proposal',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('household_id', BIG, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('subject', sa.String(length=12), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('why', JSON, nullable=False),
    sa.Column('made_by', BIG, nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by', BIG, nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('open','accepted','declined')", name=op.f('ck_household_proposal_state')),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_household_proposal_decided_by_person')),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_household_proposal_household_id_household')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_household_proposal_made_by_person')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_household_proposal_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_household_proposal')),
    sa.UniqueConstraint('household_id', 'subject', 'fingerprint', name=op.f('uq_household_proposal_household_id_subject_fingerprint'))
    )
    with op.batch_alter_table('household_proposal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_household_proposal_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_household_proposal_union_id'), ['union_id'], unique=False)

    op.create_table('household_union',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('household_id', BIG, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_household_union_household_id_household')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_household_union_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_household_union'))
    )
    with op.batch_alter_table('household_union', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_household_union_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_household_union_union_id'), ['union_id'], unique=False)

    op.create_table('invitation',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('user_id', BIG, nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('purpose', sa.String(length=12), nullable=False),
    sa.Column('made_by', BIG, nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['user_account.id'], name=op.f('fk_invitation_made_by_user_account')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_invitation_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitation_token_hash'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_user_id'), ['user_id'], unique=False)

    op.create_table('issued_document',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.BigInteger(), nullable=False),
    sa.Column('copy', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=16), nullable=False),
    sa.Column('media_type', sa.String(length=80), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('issued_by', BIG, nullable=True),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['issued_by'], ['user_account.id'], name=op.f('fk_issued_document_issued_by_user_account')),
    sa.ForeignKeyConstraint(['sha256'], ['blob.sha256'], name=op.f('fk_issued_document_sha256_blob')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issued_document')),
    sa.UniqueConstraint('kind', 'subject', 'subject_id', 'copy', 'language', 'media_type', name=op.f('uq_issued_document_kind_subject_subject_id_copy_language_media_type'))
    )
    op.create_table('job',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('idempotency_key', sa.String(length=120), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('params', JSON, nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('result', JSON, nullable=True),
    sa.Column('failure', JSON, nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('heartbeat_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('put_away_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('union_id', BIG, nullable=True),
    sa.Column('asked_by', BIG, nullable=True),
    sa.CheckConstraint("state IN ('queued','running','done','failed')", name=op.f('ck_job_state')),
    sa.ForeignKeyConstraint(['asked_by'], ['user_account.id'], name=op.f('fk_job_asked_by_user_account')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_job_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job')),
    sa.UniqueConstraint('idempotency_key', name=op.f('uq_job_idempotency_key'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_job_asked_by'), ['asked_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_job_state'), ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_job_union_id'), ['union_id'], unique=False)

    op.create_table('means_assessment',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('household_id', BIG, nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('inputs', JSON, nullable=False),
    sa.Column('category', sa.String(length=12), nullable=True),
    sa.Column('net_per_head', sa.BigInteger(), nullable=False),
    sa.Column('line', sa.BigInteger(), nullable=False),
    sa.Column('made_by', BIG, nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_means_assessment_household_id_household')),
    sa.ForeignKeyConstraint(['made_by'], ['user_account.id'], name=op.f('fk_means_assessment_made_by_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_means_assessment'))
    )
    with op.batch_alter_table('means_assessment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_means_assessment_household_id'), ['household_id'], unique=False)

    op.create_table('past_award',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('household_id', BIG, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('item', sa.String(length=12), nullable=True),
    sa.Column('form', sa.String(length=8), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('until_month', sa.String(length=7), nullable=True),
    sa.Column('fund', sa.String(length=4), nullable=True),
    sa.Column('sheet_number', sa.String(length=60), nullable=True),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('opening_id', BIG, nullable=False),
    sa.CheckConstraint("form IN ('paid','standing')", name=op.f('ck_past_award_form')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_past_award_positive')),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_past_award_household_id_household')),
    sa.ForeignKeyConstraint(['opening_id'], ['opening_import.id'], name=op.f('fk_past_award_opening_id_opening_import')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_past_award_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_past_award')),
    sa.UniqueConstraint('fingerprint', name=op.f('uq_past_award_fingerprint'))
    )
    with op.batch_alter_table('past_award', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_past_award_household_id_on'), ['household_id', 'on'], unique=False)
        batch_op.create_index(batch_op.f('ix_past_award_opening_id'), ['opening_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_past_award_union_id_on'), ['union_id', 'on'], unique=False)

    op.create_table('policy_version',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('document_number', sa.String(length=60), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('config', JSON, nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('published_by', BIG, nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['published_by'], ['user_account.id'], name=op.f('fk_policy_version_published_by_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_policy_version')),
    sa.UniqueConstraint('kind', 'number', name=op.f('uq_policy_version_kind_number'))
    )
    op.create_table('role_grant',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('user_id', BIG, nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('granted_by', BIG, nullable=True),
    sa.ForeignKeyConstraint(['granted_by'], ['user_account.id'], name=op.f('fk_role_grant_granted_by_user_account')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_role_grant_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant'))
    )
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_grant_user_id'), ['user_id'], unique=False)

    op.create_table('sign_in_session',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('user_id', BIG, nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.Column('agent', sa.String(length=200), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_why', sa.String(length=20), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_sign_in_session_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_session_token_hash'))
    )
    with op.batch_alter_table('sign_in_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_session_user_id'), ['user_id'], unique=False)

    op.create_table('visit',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('client_uuid', sa.String(length=36), nullable=False),
    sa.Column('household_id', BIG, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('place', sa.String(length=12), nullable=False),
    sa.Column('talked_to', sa.String(length=60), nullable=True),
    sa.Column('unchanged', sa.Boolean(), nullable=False),
    sa.Column('seen', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('entered_by', BIG, nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('verification','care','follow_up')", name=op.f('ck_visit_kind')),
    sa.ForeignKeyConstraint(['entered_by'], ['person.id'], name=op.f('fk_visit_entered_by_person')),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_visit_household_id_household')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_visit_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit')),
    sa.UniqueConstraint('client_uuid', name=op.f('uq_visit_client_uuid'))
    )
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_household_id_on_id'), ['household_id', 'on', 'id'], unique=False)
        batch_op.create_index('ix_visit_late', ['entered_at', 'id'], unique=False, sqlite_where=sa.text('is_late IS 1'), postgresql_where=sa.text('is_late IS true'))
        batch_op.create_index(batch_op.f('ix_visit_union_id_on_id'), ['union_id', 'on', 'id'], unique=False)

    op.create_table('visit_sheet_visitor',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('sheet_id', BIG, nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('person_id', BIG, nullable=True),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('resident_id', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_visit_sheet_visitor_person_id_person')),
    sa.ForeignKeyConstraint(['sheet_id'], ['visit_sheet.id'], name=op.f('fk_visit_sheet_visitor_sheet_id_visit_sheet')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_sheet_visitor')),
    sa.UniqueConstraint('sheet_id', 'place', name=op.f('uq_visit_sheet_visitor_sheet_id_place'))
    )
    op.create_table('aid_window',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('code', sa.String(length=24), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('award_year', sa.Integer(), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('apply_by', sa.Date(), nullable=False),
    sa.Column('post_by', sa.Date(), nullable=False),
    sa.Column('last_safe_day', sa.Date(), nullable=False),
    sa.Column('notice_over_by', sa.Date(), nullable=False),
    sa.Column('approve_by', sa.Date(), nullable=False),
    sa.Column('sheet_by', sa.Date(), nullable=False),
    sa.Column('bank_by', sa.Date(), nullable=False),
    sa.Column('pay_by', sa.Date(), nullable=False),
    sa.Column('provisional', sa.Boolean(), nullable=False),
    sa.Column('policy_id', BIG, nullable=False),
    sa.Column('opened_by', BIG, nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['opened_by'], ['person.id'], name=op.f('fk_aid_window_opened_by_person')),
    sa.ForeignKeyConstraint(['policy_id'], ['policy_version.id'], name=op.f('fk_aid_window_policy_id_policy_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_aid_window')),
    sa.UniqueConstraint('kind', 'code', name=op.f('uq_aid_window_kind_code'))
    )
    with op.batch_alter_table('aid_window', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_aid_window_closed_at_pay_by'), ['closed_at', 'pay_by'], unique=False)

    op.create_table('roster_import',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('job_id', BIG, nullable=True),
    sa.Column('tally', JSON, nullable=False),
    sa.Column('header', JSON, nullable=False),
    sa.Column('made_by', BIG, nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('applied_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_roster_import_job_id_job')),
    sa.ForeignKeyConstraint(['made_by'], ['user_account.id'], name=op.f('fk_roster_import_made_by_user_account')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_roster_import_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_import'))
    )
    with op.batch_alter_table('roster_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_roster_import_job_id'), ['job_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_roster_import_union_id'), ['union_id'], unique=False)

    op.create_table('visit_need',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('visit_id', BIG, nullable=False),
    sa.Column('household_id', BIG, nullable=False),
    sa.Column('theme', sa.String(length=16), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_visit_need_household_id_household')),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_visit_need_visit_id_visit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_need'))
    )
    with op.batch_alter_table('visit_need', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_need_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_need_visit_id'), ['visit_id'], unique=False)

    op.create_table('visit_promise',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('visit_id', BIG, nullable=False),
    sa.Column('household_id', BIG, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('owner_id', BIG, nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.Column('confirmed', sa.Boolean(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('open','doing','done','impossible')", name=op.f('ck_visit_promise_state')),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_visit_promise_household_id_household')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_visit_promise_owner_id_person')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_visit_promise_union_id_union_org')),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_visit_promise_visit_id_visit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_promise'))
    )
    with op.batch_alter_table('visit_promise', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_promise_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_promise_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_promise_union_id_state_due_on'), ['union_id', 'state', 'due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_promise_visit_id'), ['visit_id'], unique=False)

    op.create_table('visit_sheet_row',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('sheet_id', BIG, nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('household_id', BIG, nullable=False),
    sa.Column('visit_id', BIG, nullable=True),
    sa.Column('skipped', sa.String(length=12), nullable=True),
    sa.CheckConstraint('visit_id IS NULL OR skipped IS NULL', name=op.f('ck_visit_sheet_row_typed_or_skipped')),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_visit_sheet_row_household_id_household')),
    sa.ForeignKeyConstraint(['sheet_id'], ['visit_sheet.id'], name=op.f('fk_visit_sheet_row_sheet_id_visit_sheet')),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_visit_sheet_row_visit_id_visit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_sheet_row')),
    sa.UniqueConstraint('sheet_id', 'household_id', name=op.f('uq_visit_sheet_row_sheet_id_household_id')),
    sa.UniqueConstraint('sheet_id', 'place', name=op.f('uq_visit_sheet_row_sheet_id_place'))
    )
    with op.batch_alter_table('visit_sheet_row', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_sheet_row_household_id'), ['household_id'], unique=False)

    op.create_table('visitor',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('visit_id', BIG, nullable=False),
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('has_account', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_visitor_person_id_person')),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_visitor_visit_id_visit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visitor')),
    sa.UniqueConstraint('visit_id', 'person_id', name=op.f('uq_visitor_visit_id_person_id'))
    )
    with op.batch_alter_table('visitor', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visitor_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_visitor_stranger', ['visit_id'], unique=False, sqlite_where=sa.text('has_account IS 0'), postgresql_where=sa.text('has_account IS false'))
        batch_op.create_index(batch_op.f('ix_visitor_visit_id'), ['visit_id'], unique=False)

    op.create_table('aid_list',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('window_id', BIG, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('made_by', BIG, nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_aid_list_made_by_person')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_aid_list_union_id_union_org')),
    sa.ForeignKeyConstraint(['window_id'], ['aid_window.id'], name=op.f('fk_aid_list_window_id_aid_window')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_aid_list')),
    sa.UniqueConstraint('number', name=op.f('uq_aid_list_number')),
    sa.UniqueConstraint('window_id', 'union_id', name=op.f('uq_aid_list_window_id_union_id'))
    )
    with op.batch_alter_table('aid_list', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_aid_list_union_id'), ['union_id'], unique=False)

    op.create_table('roster_row',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('import_id', BIG, nullable=False),
    sa.Column('sheet', sa.String(length=12), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.String(length=10), nullable=False),
    sa.Column('reasons', JSON, nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('applied', sa.String(length=12), nullable=True),
    sa.Column('household_id', BIG, nullable=True),
    sa.CheckConstraint("outcome IN ('imported','warned','rejected')", name=op.f('ck_roster_row_outcome')),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_roster_row_household_id_household')),
    sa.ForeignKeyConstraint(['import_id'], ['roster_import.id'], name=op.f('fk_roster_row_import_id_roster_import')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_row')),
    sa.UniqueConstraint('import_id', 'sheet', 'row', name=op.f('uq_roster_row_import_id_sheet_row'))
    )
    op.create_table('aid_case',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('number', sa.String(length=30), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('lane', sa.String(length=12), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('household_id', BIG, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('applicant_id', BIG, nullable=False),
    sa.Column('event_id', BIG, nullable=True),
    sa.Column('grade', sa.Integer(), nullable=True),
    sa.Column('item', sa.String(length=12), nullable=True),
    sa.Column('months', sa.Integer(), nullable=True),
    sa.Column('cost', sa.BigInteger(), nullable=True),
    sa.Column('beneficiary_id', BIG, nullable=True),
    sa.Column('window_id', BIG, nullable=True),
    sa.Column('list_id', BIG, nullable=True),
    sa.Column('lifted', sa.Boolean(), nullable=False),
    sa.Column('requested', sa.BigInteger(), nullable=True),
    sa.Column('proposed', sa.BigInteger(), nullable=True),
    sa.Column('noticed', sa.BigInteger(), nullable=True),
    sa.Column('approved', sa.BigInteger(), nullable=True),
    sa.Column('reason', sa.String(length=200), nullable=True),
    sa.Column('story', sa.Text(), nullable=True),
    sa.Column('details', JSON, nullable=False),
    sa.Column('on_hold', sa.Boolean(), nullable=False),
    sa.Column('objection', sa.Boolean(), nullable=False),
    sa.Column('resume_to', sa.String(length=16), nullable=True),
    sa.Column('mend_fields', JSON, nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('policy_id', BIG, nullable=False),
    sa.Column('fund_id', BIG, nullable=True),
    sa.Column('entered_by', BIG, nullable=True),
    sa.Column('approved_by', BIG, nullable=True),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('need_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("lane IN ('ordinary','emergency')", name=op.f('ck_aid_case_lane')),
    sa.CheckConstraint("state IN ('draft','submitted','opinion_given','on_notice','forwarded','in_approval','approved','in_payment','paid','followed_up','closed','refused','withdrawn','revoked')", name=op.f('ck_aid_case_state')),
    sa.CheckConstraint("state NOT IN ('approved','in_payment','paid','followed_up','closed') OR (approved IS NOT NULL AND approved > 0 AND approved_by IS NOT NULL AND fund_id IS NOT NULL)", name=op.f('ck_aid_case_approved_by_someone')),
    sa.CheckConstraint('approved_by IS NULL OR entered_by IS NULL OR approved_by <> entered_by', name=op.f('ck_aid_case_two_hands')),
    sa.ForeignKeyConstraint(['applicant_id'], ['person.id'], name=op.f('fk_aid_case_applicant_id_person')),
    sa.ForeignKeyConstraint(['approved_by'], ['person.id'], name=op.f('fk_aid_case_approved_by_person')),
    sa.ForeignKeyConstraint(['beneficiary_id'], ['person.id'], name=op.f('fk_aid_case_beneficiary_id_person')),
    sa.ForeignKeyConstraint(['entered_by'], ['person.id'], name=op.f('fk_aid_case_entered_by_person')),
    sa.ForeignKeyConstraint(['event_id'], ['hardship_event.id'], name=op.f('fk_aid_case_event_id_hardship_event')),
    sa.ForeignKeyConstraint(['fund_id'], ['fund.id'], name=op.f('fk_aid_case_fund_id_fund')),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_aid_case_household_id_household')),
    sa.ForeignKeyConstraint(['list_id'], ['aid_list.id'], name=op.f('fk_aid_case_list_id_aid_list')),
    sa.ForeignKeyConstraint(['policy_id'], ['policy_version.id'], name=op.f('fk_aid_case_policy_id_policy_version')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_aid_case_union_id_union_org')),
    sa.ForeignKeyConstraint(['window_id'], ['aid_window.id'], name=op.f('fk_aid_case_window_id_aid_window')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_aid_case')),
    sa.UniqueConstraint('number', name=op.f('uq_aid_case_number'))
    )
    with op.batch_alter_table('aid_case', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_aid_case_created_at_id'), ['created_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_aid_case_due_on_id'), ['due_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_aid_case_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_aid_case_fund_id'), ['fund_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_aid_case_household_id_approved_on'), ['household_id', 'approved_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_aid_case_household_id_kind_month'), ['household_id', 'kind', 'month'], unique=False)
        batch_op.create_index(batch_op.f('ix_aid_case_list_id_state_id'), ['list_id', 'state', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_aid_case_month_kind_union_id'), ['month', 'kind', 'union_id'], unique=False)
        batch_op.create_index('ix_aid_case_objected', ['objection', 'state', 'due_on', 'union_id'], unique=False, sqlite_where=sa.text('objection IS 1'), postgresql_where=sa.text('objection IS true'))
        batch_op.create_index(batch_op.f('ix_aid_case_state_created_at_id'), ['state', 'created_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_aid_case_state_due_on_id'), ['state', 'due_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_aid_case_union_id_created_at_id'), ['union_id', 'created_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_aid_case_union_id_due_on_id'), ['union_id', 'due_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_aid_case_union_id_state_created_at_id'), ['union_id', 'state', 'created_at', 'id'], unique=False)
        batch_op.create_index('ix_aid_case_waiting', ['state', 'list_id', 'lifted', 'union_id'], unique=False, sqlite_where=sa.text('on_hold IS 0 AND objection IS 0'), postgresql_where=sa.text('on_hold IS false AND objection IS false'))
        batch_op.create_index(batch_op.f('ix_aid_case_window_id_state_id'), ['window_id', 'state', 'id'], unique=False)
        batch_op.create_index('uq_aid_case_window', ['household_id', 'window_id'], unique=True, sqlite_where=sa.text("window_id IS NOT NULL AND state NOT IN ('refused','withdrawn','revoked')"), postgresql_where=sa.text("window_id IS NOT NULL AND state NOT IN ('refused','withdrawn','revoked')"))

    op.create_table('list_left_out',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('list_id', BIG, nullable=False),
    sa.Column('household_id', BIG, nullable=False),
    sa.Column('why', JSON, nullable=False),
    sa.Column('by_hand', sa.Boolean(), nullable=False),
    sa.Column('person_id', BIG, nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_list_left_out_household_id_household')),
    sa.ForeignKeyConstraint(['list_id'], ['aid_list.id'], name=op.f('fk_list_left_out_list_id_aid_list')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_list_left_out_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_list_left_out')),
    sa.UniqueConstraint('list_id', 'household_id', name=op.f('uq_list_left_out_list_id_household_id'))
    )
    op.create_table('appeal',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('case_id', BIG, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('recorded_by', BIG, nullable=True),
    sa.Column('judged_by', BIG, nullable=True),
    sa.Column('judged_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("outcome IN ('upheld','dismissed')", name=op.f('ck_appeal_outcome')),
    sa.ForeignKeyConstraint(['case_id'], ['aid_case.id'], name=op.f('fk_appeal_case_id_aid_case')),
    sa.ForeignKeyConstraint(['judged_by'], ['person.id'], name=op.f('fk_appeal_judged_by_person')),
    sa.ForeignKeyConstraint(['recorded_by'], ['person.id'], name=op.f('fk_appeal_recorded_by_person')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_appeal_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appeal'))
    )
    with op.batch_alter_table('appeal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appeal_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_appeal_outcome_due_on'), ['outcome', 'due_on'], unique=False)

    op.create_table('award_part',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('case_id', BIG, nullable=False),
    sa.Column('form', sa.String(length=8), nullable=False),
    sa.Column('label', sa.String(length=40), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('kit', JSON, nullable=True),
    sa.CheckConstraint("form IN ('cash','goods')", name=op.f('ck_award_part_form')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_award_part_positive')),
    sa.ForeignKeyConstraint(['case_id'], ['aid_case.id'], name=op.f('fk_award_part_case_id_aid_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_part'))
    )
    with op.batch_alter_table('award_part', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_award_part_case_id'), ['case_id'], unique=False)

    op.create_table('case_step',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('case_id', BIG, nullable=False),
    sa.Column('verb', sa.String(length=24), nullable=False),
    sa.Column('hand', sa.String(length=12), nullable=True),
    sa.Column('left', sa.String(length=16), nullable=False),
    sa.Column('led_to', sa.String(length=16), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('reason', sa.String(length=4), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('fields', JSON, nullable=False),
    sa.Column('meeting_id', BIG, nullable=True),
    sa.Column('user_id', sa.BigInteger(), nullable=True),
    sa.Column('person_id', BIG, nullable=True),
    sa.Column('on_behalf_of', BIG, nullable=True),
    sa.Column('actor', sa.String(length=120), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['aid_case.id'], name=op.f('fk_case_step_case_id_aid_case')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_case_step_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['on_behalf_of'], ['person.id'], name=op.f('fk_case_step_on_behalf_of_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_case_step_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_step'))
    )
    with op.batch_alter_table('case_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_step_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_step_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_step_verb_at_id'), ['verb', 'at', 'id'], unique=False)

    op.create_table('chain_level',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('case_id', BIG, nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('needs_meeting', sa.Boolean(), nullable=False),
    sa.Column('decided_by', BIG, nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['aid_case.id'], name=op.f('fk_chain_level_case_id_aid_case')),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_chain_level_decided_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chain_level'))
    )
    with op.batch_alter_table('chain_level', schema=None) as batch_op:
        batch_op.create_index('uq_chain_level_open', ['case_id', 'level'], unique=True, sqlite_where=sa.text('dropped_at IS NULL'), postgresql_where=sa.text('dropped_at IS NULL'))

    op.create_table('emergency_file',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('case_id', BIG, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('decide_by', sa.Date(), nullable=False),
    sa.Column('visit_by', sa.Date(), nullable=True),
    sa.Column('complete_by', sa.Date(), nullable=True),
    sa.Column('opinion_on', sa.Date(), nullable=True),
    sa.Column('noticed_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.String(length=12), nullable=True),
    sa.Column('ratified', sa.BigInteger(), nullable=True),
    sa.Column('settled_by', BIG, nullable=True),
    sa.Column('settled_on', sa.Date(), nullable=True),
    sa.Column('meeting_id', BIG, nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("outcome IN ('ratified','lowered','refused')", name=op.f('ck_emergency_file_outcome')),
    sa.ForeignKeyConstraint(['case_id'], ['aid_case.id'], name=op.f('fk_emergency_file_case_id_aid_case')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_emergency_file_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['settled_by'], ['person.id'], name=op.f('fk_emergency_file_settled_by_person')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_emergency_file_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_emergency_file')),
    sa.UniqueConstraint('case_id', name=op.f('uq_emergency_file_case_id'))
    )
    with op.batch_alter_table('emergency_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_emergency_file_settled_on_complete_by'), ['settled_on', 'complete_by'], unique=False)

    op.create_table('follow_up',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('case_id', BIG, nullable=False),
    sa.Column('household_id', BIG, nullable=False),
    sa.Column('visit_id', BIG, nullable=True),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('way', sa.String(length=8), nullable=False),
    sa.Column('received_it', sa.Boolean(), nullable=False),
    sa.Column('satisfaction', sa.Integer(), nullable=True),
    sa.Column('words', sa.Text(), nullable=True),
    sa.Column('asked_by', BIG, nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("way IN ('visit','phone')", name=op.f('ck_follow_up_way')),
    sa.CheckConstraint('satisfaction BETWEEN 1 AND 5', name=op.f('ck_follow_up_satisfaction')),
    sa.ForeignKeyConstraint(['asked_by'], ['person.id'], name=op.f('fk_follow_up_asked_by_person')),
    sa.ForeignKeyConstraint(['case_id'], ['aid_case.id'], name=op.f('fk_follow_up_case_id_aid_case')),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_follow_up_household_id_household')),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_follow_up_visit_id_visit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up'))
    )
    with op.batch_alter_table('follow_up', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_up_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_follow_up_household_id'), ['household_id'], unique=False)

    op.create_table('notice_row',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('notice_id', BIG, nullable=False),
    sa.Column('case_id', BIG, nullable=False),
    sa.Column('masked_name', sa.String(length=60), nullable=False),
    sa.Column('cause', sa.String(length=20), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['aid_case.id'], name=op.f('fk_notice_row_case_id_aid_case')),
    sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], name=op.f('fk_notice_row_notice_id_notice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_row')),
    sa.UniqueConstraint('notice_id', 'case_id', name=op.f('uq_notice_row_notice_id_case_id'))
    )
    with op.batch_alter_table('notice_row', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_row_case_id'), ['case_id'], unique=False)

    op.create_table('objection',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('case_id', BIG, nullable=False),
    sa.Column('notice_id', BIG, nullable=True),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('who', sa.Text(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=True),
    sa.Column('finding', sa.Text(), nullable=True),
    sa.Column('recorded_by', BIG, nullable=True),
    sa.Column('settled_by', BIG, nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("outcome IN ('upheld','dismissed')", name=op.f('ck_objection_outcome')),
    sa.ForeignKeyConstraint(['case_id'], ['aid_case.id'], name=op.f('fk_objection_case_id_aid_case')),
    sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], name=op.f('fk_objection_notice_id_notice')),
    sa.ForeignKeyConstraint(['recorded_by'], ['person.id'], name=op.f('fk_objection_recorded_by_person')),
    sa.ForeignKeyConstraint(['settled_by'], ['person.id'], name=op.f('fk_objection_settled_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objection'))
    )
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_objection_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_objection_notice_id'), ['notice_id'], unique=False)

    op.create_table('recoverable',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('case_id', BIG, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('fund_id', BIG, nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('recovered', sa.BigInteger(), nullable=False),
    sa.Column('written_off', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.String(length=4), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('booked_by', BIG, nullable=True),
    sa.Column('booked_on', sa.Date(), nullable=False),
    sa.Column('settled_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('amount > 0', name=op.f('ck_recoverable_positive')),
    sa.CheckConstraint('recovered >= 0 AND written_off >= 0 AND recovered + written_off <= amount', name=op.f('ck_recoverable_within')),
    sa.ForeignKeyConstraint(['booked_by'], ['person.id'], name=op.f('fk_recoverable_booked_by_person')),
    sa.ForeignKeyConstraint(['case_id'], ['aid_case.id'], name=op.f('fk_recoverable_case_id_aid_case')),
    sa.ForeignKeyConstraint(['fund_id'], ['fund.id'], name=op.f('fk_recoverable_fund_id_fund')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_recoverable_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recoverable'))
    )
    with op.batch_alter_table('recoverable', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recoverable_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recoverable_settled_on_booked_on'), ['settled_on', 'booked_on'], unique=False)

    op.create_table('transcript',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('case_id', BIG, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('verb', sa.String(length=24), nullable=False),
    sa.Column('given', JSON, nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('signer_id', BIG, nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=False),
    sa.Column('minutes_number', sa.String(length=40), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('entered_by', BIG, nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('compared_by', BIG, nullable=True),
    sa.Column('compared_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.String(length=300), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('waiting','applied','rejected')", name=op.f('ck_transcript_state')),
    sa.CheckConstraint('compared_by IS NULL OR entered_by IS NULL OR compared_by <> entered_by', name=op.f('ck_transcript_two_hands')),
    sa.ForeignKeyConstraint(['case_id'], ['aid_case.id'], name=op.f('fk_transcript_case_id_aid_case')),
    sa.ForeignKeyConstraint(['compared_by'], ['person.id'], name=op.f('fk_transcript_compared_by_person')),
    sa.ForeignKeyConstraint(['entered_by'], ['person.id'], name=op.f('fk_transcript_entered_by_person')),
    sa.ForeignKeyConstraint(['signer_id'], ['user_account.id'], name=op.f('fk_transcript_signer_id_user_account')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_transcript_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transcript'))
    )
    with op.batch_alter_table('transcript', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_transcript_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_transcript_signer_id'), ['signer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_transcript_union_id_state'), ['union_id', 'state'], unique=False)

    op.create_table('decision_snapshot',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('case_id', BIG, nullable=False),
    sa.Column('step_id', BIG, nullable=False),
    sa.Column('policy_id', BIG, nullable=False),
    sa.Column('policy_hash', sa.String(length=64), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['aid_case.id'], name=op.f('fk_decision_snapshot_case_id_aid_case')),
    sa.ForeignKeyConstraint(['policy_id'], ['policy_version.id'], name=op.f('fk_decision_snapshot_policy_id_policy_version')),
    sa.ForeignKeyConstraint(['step_id'], ['case_step.id'], name=op.f('fk_decision_snapshot_step_id_case_step')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision_snapshot')),
    sa.UniqueConstraint('step_id', name=op.f('uq_decision_snapshot_step_id'))
    )
    with op.batch_alter_table('decision_snapshot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_snapshot_case_id'), ['case_id'], unique=False)

    op.create_table('instalment',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('part_id', BIG, nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('due_month', sa.String(length=7), nullable=False),
    sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('amount > 0', name=op.f('ck_instalment_positive')),
    sa.ForeignKeyConstraint(['part_id'], ['award_part.id'], name=op.f('fk_instalment_part_id_award_part')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instalment')),
    sa.UniqueConstraint('part_id', 'number', name=op.f('uq_instalment_part_id_number'))
    )
    op.create_table('payment',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('instalment_id', BIG, nullable=False),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('previous_id', BIG, nullable=True),
    sa.Column('case_id', BIG, nullable=False),
    sa.Column('household_id', BIG, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('fund_id', BIG, nullable=False),
    sa.Column('sheet_id', BIG, nullable=True),
    sa.Column('line', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('way', sa.String(length=8), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('payee_id', BIG, nullable=False),
    sa.Column('payee_name', sa.String(length=60), nullable=False),
    sa.Column('bank', sa.String(length=80), nullable=True),
    sa.Column('account_number', sa.Text(), nullable=True),
    sa.Column('account_index', sa.String(length=64), nullable=True),
    sa.Column('account_tail', sa.String(length=4), nullable=True),
    sa.Column('planned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_on', sa.Date(), nullable=True),
    sa.Column('bounce_reason', sa.String(length=4), nullable=True),
    sa.Column('bank_number', sa.String(length=40), nullable=True),
    sa.Column('void_reason', sa.String(length=4), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('planned','on_sheet','released','sent','succeeded','bounced','void')", name=op.f('ck_payment_state')),
    sa.CheckConstraint("state IN ('planned','void') OR sheet_id IS NOT NULL", name=op.f('ck_payment_on_a_sheet')),
    sa.CheckConstraint("way IN ('transfer','cash','goods')", name=op.f('ck_payment_way')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_payment_positive')),
    sa.ForeignKeyConstraint(['case_id'], ['aid_case.id'], name=op.f('fk_payment_case_id_aid_case')),
    sa.ForeignKeyConstraint(['fund_id'], ['fund.id'], name=op.f('fk_payment_fund_id_fund')),
    sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_payment_household_id_household')),
    sa.ForeignKeyConstraint(['instalment_id'], ['instalment.id'], name=op.f('fk_payment_instalment_id_instalment')),
    sa.ForeignKeyConstraint(['payee_id'], ['person.id'], name=op.f('fk_payment_payee_id_person')),
    sa.ForeignKeyConstraint(['previous_id'], ['payment.id'], name=op.f('fk_payment_previous_id_payment')),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheet.id'], name=op.f('fk_payment_sheet_id_sheet')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_payment_union_id_union_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment')),
    sa.UniqueConstraint('instalment_id', 'attempt', name=op.f('uq_payment_instalment_id_attempt'))
    )
    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_fund_id_state_id'), ['fund_id', 'state', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_household_id_state'), ['household_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_payee_id'), ['payee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_sheet_id'), ['sheet_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_state_id'), ['state', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_state_settled_on'), ['state', 'settled_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_union_id_settled_on'), ['union_id', 'settled_on'], unique=False)
        batch_op.create_index('uq_payment_live', ['instalment_id'], unique=True, sqlite_where=sa.text("state NOT IN ('bounced','void')"), postgresql_where=sa.text("state NOT IN ('bounced','void')"))

    op.create_table('journal_entry',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('fund_id', BIG, nullable=False),
    sa.Column('movement', sa.String(length=24), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('document_number', sa.String(length=80), nullable=True),
    sa.Column('note', sa.String(length=200), nullable=True),
    sa.Column('case_id', BIG, nullable=True),
    sa.Column('payment_id', BIG, nullable=True),
    sa.Column('reverses_id', BIG, nullable=True),
    sa.Column('user_id', sa.BigInteger(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('amount > 0', name=op.f('ck_journal_entry_positive')),
    sa.ForeignKeyConstraint(['case_id'], ['aid_case.id'], name=op.f('fk_journal_entry_case_id_aid_case')),
    sa.ForeignKeyConstraint(['fund_id'], ['fund.id'], name=op.f('fk_journal_entry_fund_id_fund')),
    sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], name=op.f('fk_journal_entry_payment_id_payment')),
    sa.ForeignKeyConstraint(['reverses_id'], ['journal_entry.id'], name=op.f('fk_journal_entry_reverses_id_journal_entry')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal_entry')),
    sa.UniqueConstraint('reverses_id', name=op.f('uq_journal_entry_reverses_id'))
    )
    with op.batch_alter_table('journal_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_journal_entry_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_journal_entry_fund_id_id'), ['fund_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_journal_entry_fund_id_month'), ['fund_id', 'month'], unique=False)
        batch_op.create_index(batch_op.f('ix_journal_entry_payment_id'), ['payment_id'], unique=False)

    op.create_table('voucher',
    sa.Column('id', BIG, autoincrement=True, nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('fund_id', BIG, nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('payment_id', BIG, nullable=False),
    sa.Column('sheet_id', BIG, nullable=False),
    sa.Column('union_id', BIG, nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('printed', sa.Integer(), nullable=False),
    sa.Column('token', sa.String(length=64), nullable=False),
    sa.Column('paper', sa.Text(), nullable=False),
    sa.Column('replaces_id', BIG, nullable=True),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('void_reason', sa.String(length=4), nullable=True),
    sa.Column('void_note', sa.String(length=200), nullable=True),
    sa.Column('voided_by', BIG, nullable=True),
    sa.Column('voided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'void') = (voided_at IS NOT NULL)", name=op.f('ck_voucher_voided_at_a_moment')),
    sa.CheckConstraint("state IN ('made','printed','signed','archived','void')", name=op.f('ck_voucher_state')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_voucher_positive')),
    sa.CheckConstraint('voided_by IS NULL OR voided_at IS NOT NULL', name=op.f('ck_voucher_voided_by_then')),
    sa.ForeignKeyConstraint(['fund_id'], ['fund.id'], name=op.f('fk_voucher_fund_id_fund')),
    sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], name=op.f('fk_voucher_payment_id_payment')),
    sa.ForeignKeyConstraint(['replaces_id'], ['voucher.id'], name=op.f('fk_voucher_replaces_id_voucher')),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheet.id'], name=op.f('fk_voucher_sheet_id_sheet')),
    sa.ForeignKeyConstraint(['union_id'], ['union_org.id'], name=op.f('fk_voucher_union_id_union_org')),
    sa.ForeignKeyConstraint(['voided_by'], ['person.id'], name=op.f('fk_voucher_voided_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_voucher')),
    sa.UniqueConstraint('fund_id', 'month', 'sequence', name=op.f('uq_voucher_fund_id_month_sequence')),
    sa.UniqueConstraint('number', name=op.f('uq_voucher_number')),
    sa.UniqueConstraint('token', name=op.f('uq_voucher_token'))
    )
    with op.batch_alter_table('voucher', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_voucher_payment_id'), ['payment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_voucher_sheet_id'), ['sheet_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_voucher_union_id'), ['union_id'], unique=False)
        batch_op.create_index('uq_voucher_live', ['payment_id'], unique=True, sqlite_where=sa.text("state <> 'void'"), postgresql_where=sa.text("state <> 'void'"))
    dialect = op.get_bind().dialect.name
    if dialect == "postgresql":
        op.execute(triggers.POSTGRES_FUNCTION)
    for table in APPEND_ONLY:
        for statement in triggers.statements(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table('voucher', schema=None) as batch_op:
        batch_op.drop_index('uq_voucher_live', sqlite_where=sa.text("state <> 'void'"), postgresql_where=sa.text("state <> 'void'"))
        batch_op.drop_index(batch_op.f('ix_voucher_union_id'))
        batch_op.drop_index(batch_op.f('ix_voucher_sheet_id'))
        batch_op.drop_index(batch_op.f('ix_voucher_payment_id'))

    op.drop_table('voucher')
    with op.batch_alter_table('journal_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_journal_entry_payment_id'))
        batch_op.drop_index(batch_op.f('ix_journal_entry_fund_id_month'))
        batch_op.drop_index(batch_op.f('ix_journal_entry_fund_id_id'))
        batch_op.drop_index(batch_op.f('ix_journal_entry_case_id'))

    op.drop_table('journal_entry')
    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.drop_index('uq_payment_live', sqlite_where=sa.text("state NOT IN ('bounced','void')"), postgresql_where=sa.text("state NOT IN ('bounced','void')"))
        batch_op.drop_index(batch_op.f('ix_payment_union_id_settled_on'))
        batch_op.drop_index(batch_op.f('ix_payment_state_settled_on'))
        batch_op.drop_index(batch_op.f('ix_payment_state_id'))
        batch_op.drop_index(batch_op.f('ix_payment_sheet_id'))
        batch_op.drop_index(batch_op.f('ix_payment_payee_id'))
        batch_op.drop_index(batch_op.f('ix_payment_household_id_state'))
        batch_op.drop_index(batch_op.f('ix_payment_fund_id_state_id'))
        batch_op.drop_index(batch_op.f('ix_payment_case_id'))

    op.drop_table('payment')
    op.drop_table('instalment')
    with op.batch_alter_table('decision_snapshot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decision_snapshot_case_id'))

    op.drop_table('decision_snapshot')
    with op.batch_alter_table('transcript', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_transcript_union_id_state'))
        batch_op.drop_index(batch_op.f('ix_transcript_signer_id'))
        batch_op.drop_index(batch_op.f('ix_transcript_case_id'))

    op.drop_table('transcript')
    with op.batch_alter_table('recoverable', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recoverable_settled_on_booked_on'))
        batch_op.drop_index(batch_op.f('ix_recoverable_case_id'))

    op.drop_table('recoverable')
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_objection_notice_id'))
        batch_op.drop_index(batch_op.f('ix_objection_case_id'))

    op.drop_table('objection')
    with op.batch_alter_table('notice_row', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notice_row_case_id'))

    op.drop_table('notice_row')
    with op.batch_alter_table('follow_up', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_up_household_id'))
        batch_op.drop_index(batch_op.f('ix_follow_up_case_id'))

    op.drop_table('follow_up')
    with op.batch_alter_table('emergency_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_emergency_file_settled_on_complete_by'))

    op.drop_table('emergency_file')
    with op.batch_alter_table('chain_level', schema=None) as batch_op:
        batch_op.drop_index('uq_chain_level_open', sqlite_where=sa.text('dropped_at IS NULL'), postgresql_where=sa.text('dropped_at IS NULL'))

    op.drop_table('chain_level')
    with op.batch_alter_table('case_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_step_verb_at_id'))
        batch_op.drop_index(batch_op.f('ix_case_step_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_case_step_case_id'))

    op.drop_table('case_step')
    with op.batch_alter_table('award_part', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_award_part_case_id'))

    op.drop_table('award_part')
    with op.batch_alter_table('appeal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_appeal_outcome_due_on'))
        batch_op.drop_index(batch_op.f('ix_appeal_case_id'))

    op.drop_table('appeal')
    op.drop_table('list_left_out')
    with op.batch_alter_table('aid_case', schema=None) as batch_op:
        batch_op.drop_index('uq_aid_case_window', sqlite_where=sa.text("window_id IS NOT NULL AND state NOT IN ('refused','withdrawn','revoked')"), postgresql_where=sa.text("window_id IS NOT NULL AND state NOT IN ('refused','withdrawn','revoked')"))
        batch_op.drop_index(batch_op.f('ix_aid_case_window_id_state_id'))
        batch_op.drop_index('ix_aid_case_waiting', sqlite_where=sa.text('on_hold IS 0 AND objection IS 0'), postgresql_where=sa.text('on_hold IS false AND objection IS false'))
        batch_op.drop_index(batch_op.f('ix_aid_case_union_id_state_created_at_id'))
        batch_op.drop_index(batch_op.f('ix_aid_case_union_id_due_on_id'))
        batch_op.drop_index(batch_op.f('ix_aid_case_union_id_created_at_id'))
        batch_op.drop_index(batch_op.f('ix_aid_case_state_due_on_id'))
        batch_op.drop_index(batch_op.f('ix_aid_case_state_created_at_id'))
        batch_op.drop_index('ix_aid_case_objected', sqlite_where=sa.text('objection IS 1'), postgresql_where=sa.text('objection IS true'))
        batch_op.drop_index(batch_op.f('ix_aid_case_month_kind_union_id'))
        batch_op.drop_index(batch_op.f('ix_aid_case_list_id_state_id'))
        batch_op.drop_index(batch_op.f('ix_aid_case_household_id_kind_month'))
        batch_op.drop_index(batch_op.f('ix_aid_case_household_id_approved_on'))
        batch_op.drop_index(batch_op.f('ix_aid_case_fund_id'))
        batch_op.drop_index(batch_op.f('ix_aid_case_event_id'))
        batch_op.drop_index(batch_op.f('ix_aid_case_due_on_id'))
        batch_op.drop_index(batch_op.f('ix_aid_case_created_at_id'))

    op.drop_table('aid_case')
    op.drop_table('roster_row')
    with op.batch_alter_table('aid_list', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_aid_list_union_id'))

    op.drop_table('aid_list')
    with op.batch_alter_table('visitor', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visitor_visit_id'))
        batch_op.drop_index('ix_visitor_stranger', sqlite_where=sa.text('has_account IS 0'), postgresql_where=sa.text('has_account IS false'))
        batch_op.drop_index(batch_op.f('ix_visitor_person_id'))

    op.drop_table('visitor')
    with op.batch_alter_table('visit_sheet_row', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_sheet_row_household_id'))

    op.drop_table('visit_sheet_row')
    with op.batch_alter_table('visit_promise', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_promise_visit_id'))
        batch_op.drop_index(batch_op.f('ix_visit_promise_union_id_state_due_on'))
        batch_op.drop_index(batch_op.f('ix_visit_promise_owner_id'))
        batch_op.drop_index(batch_op.f('ix_visit_promise_household_id'))

    op.drop_table('visit_promise')
    with op.batch_alter_table('visit_need', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_need_visit_id'))
        batch_op.drop_index(batch_op.f('ix_visit_need_household_id'))

    op.drop_table('visit_need')
    with op.batch_alter_table('roster_import', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_roster_import_union_id'))
        batch_op.drop_index(batch_op.f('ix_roster_import_job_id'))

    op.drop_table('roster_import')
    with op.batch_alter_table('aid_window', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_aid_window_closed_at_pay_by'))

    op.drop_table('aid_window')
    op.drop_table('visit_sheet_visitor')
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_union_id_on_id'))
        batch_op.drop_index('ix_visit_late', sqlite_where=sa.text('is_late IS 1'), postgresql_where=sa.text('is_late IS true'))
        batch_op.drop_index(batch_op.f('ix_visit_household_id_on_id'))

    op.drop_table('visit')
    with op.batch_alter_table('sign_in_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_session_user_id'))

    op.drop_table('sign_in_session')
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_grant_user_id'))

    op.drop_table('role_grant')
    op.drop_table('policy_version')
    with op.batch_alter_table('past_award', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_past_award_union_id_on'))
        batch_op.drop_index(batch_op.f('ix_past_award_opening_id'))
        batch_op.drop_index(batch_op.f('ix_past_award_household_id_on'))

    op.drop_table('past_award')
    with op.batch_alter_table('means_assessment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_means_assessment_household_id'))

    op.drop_table('means_assessment')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_job_union_id'))
        batch_op.drop_index(batch_op.f('ix_job_state'))
        batch_op.drop_index(batch_op.f('ix_job_asked_by'))

    op.drop_table('job')
    op.drop_table('issued_document')
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitation_user_id'))

    op.drop_table('invitation')
    with op.batch_alter_table('household_union', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_household_union_union_id'))
        batch_op.drop_index(batch_op.f('ix_household_union_household_id'))

    op.drop_table('household_union')
    with op.batch_alter_table('household_proposal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_household_proposal_union_id'))
        batch_op.drop_index(batch_op.f('ix_household_proposal_household_id'))

    op.drop_table('household_proposal')
    with op.batch_alter_table('household_member', schema=None) as batch_op:
        batch_op.drop_index('uq_household_member_active', sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
        batch_op.drop_index(batch_op.f('ix_household_member_person_id'))
        batch_op.drop_index(batch_op.f('ix_household_member_household_id'))

    op.drop_table('household_member')
    with op.batch_alter_table('household_gram', schema=None) as batch_op:
        batch_op.drop_index('ix_household_gram_union')
        batch_op.drop_index('ix_household_gram_household')

    op.drop_table('household_gram')
    with op.batch_alter_table('household_cause', schema=None) as batch_op:
        batch_op.drop_index('uq_household_cause_main', sqlite_where=sa.text('is_main'), postgresql_where=sa.text('is_main'))

    op.drop_table('household_cause')
    with op.batch_alter_table('household_account', schema=None) as batch_op:
        batch_op.drop_index('uq_household_account_active', sqlite_where=sa.text("state = 'active'"), postgresql_where=sa.text("state = 'active'"))
        batch_op.drop_index(batch_op.f('ix_household_account_payee_id'))
        batch_op.drop_index(batch_op.f('ix_household_account_number_index'))
        batch_op.drop_index('ix_household_account_luhn', sqlite_where=sa.text('passes_luhn IS 0'), postgresql_where=sa.text('passes_luhn IS false'))
        batch_op.drop_index(batch_op.f('ix_household_account_household_id_state'))

    op.drop_table('household_account')
    with op.batch_alter_table('hardship_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hardship_event_household_id_on'))

    op.drop_table('hardship_event')
    with op.batch_alter_table('form_draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_form_draft_user_id'))

    op.drop_table('form_draft')
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consent_person_id'))
        batch_op.drop_index(batch_op.f('ix_consent_household_id'))

    op.drop_table('consent')
    with op.batch_alter_table('audit_doubt', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_doubt_subject_subject_id'))
        batch_op.drop_index(batch_op.f('ix_audit_doubt_state_due_on'))
        batch_op.drop_index(batch_op.f('ix_audit_doubt_owner_id'))

    op.drop_table('audit_doubt')
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attachment_union_id'))
        batch_op.drop_index(batch_op.f('ix_attachment_subject_subject_id'))
        batch_op.drop_index(batch_op.f('ix_attachment_household_id'))

    op.drop_table('attachment')
    op.drop_table('wait_tally')
    with op.batch_alter_table('visit_sheet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_sheet_union_id'))

    op.drop_table('visit_sheet')
    with op.batch_alter_table('user_account', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_user_account_union_id'))
        batch_op.drop_index(batch_op.f('ix_user_account_person_id'))

    op.drop_table('user_account')
    with op.batch_alter_table('union_alias', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_union_alias_union_id'))

    op.drop_table('union_alias')
    with op.batch_alter_table('sheet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sheet_state_id'))
        batch_op.drop_index(batch_op.f('ix_sheet_fund_id_month'))

    op.drop_table('sheet')
    op.drop_table('paid_tally')
    with op.batch_alter_table('opinion_passed', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_opinion_passed_union_id'))

    op.drop_table('opinion_passed')
    op.drop_table('opening_import')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notice_union_id'))
        batch_op.drop_index(batch_op.f('ix_notice_state_ends_on'))

    op.drop_table('notice')
    op.drop_table('meeting')
    with op.batch_alter_table('household', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_household_union_id_status_id'))
        batch_op.drop_index(batch_op.f('ix_household_status_id'))
        batch_op.drop_index(batch_op.f('ix_household_head_id'))

    op.drop_table('household')
    op.drop_table('fund_balance')
    with op.batch_alter_table('declared_relative', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_declared_relative_relative_id'))
        batch_op.drop_index(batch_op.f('ix_declared_relative_person_id'))

    op.drop_table('declared_relative')
    op.drop_table('audit_seal')
    op.drop_table('audit_sample')
    with op.batch_alter_table('union_org', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_union_org_parent_id'))

    op.drop_table('union_org')
    with op.batch_alter_table('sign_in_failure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_failure_name_index_at'))
        batch_op.drop_index(batch_op.f('ix_sign_in_failure_address_at'))

    op.drop_table('sign_in_failure')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_phone_index'))
        batch_op.drop_index('ix_person_deceased', sqlite_where=sa.text('deceased_on IS NOT NULL'), postgresql_where=sa.text('deceased_on IS NOT NULL'))

    op.drop_table('person')
    op.drop_table('number_series')
    op.drop_table('fund')
    op.drop_table('calendar_year')
    op.drop_table('calendar_day')
    op.drop_table('blob')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_entry_unusual_at_id'))
        batch_op.drop_index(batch_op.f('ix_audit_entry_union_id_id'))
        batch_op.drop_index(batch_op.f('ix_audit_entry_subject_subject_id_id'))
        batch_op.drop_index(batch_op.f('ix_audit_entry_subject_id'))
        batch_op.drop_index(batch_op.f('ix_audit_entry_on_id'))

    op.drop_table('audit_entry')
    with op.batch_alter_table('access_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_access_entry_subject_subject_id_id'))
        batch_op.drop_index(batch_op.f('ix_access_entry_subject_at_id'))

    op.drop_table('access_entry')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
