"""The entries, and what holds now."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# An entry stays as it is. Only its content may go, once, and that is noted.
SAME = ("nummer", "handeling", "merk", "soort", "sleutel", "versie", "wanneer", "waarom")
ERASED = (
    "NEW.gewist IS NOT NULL AND OLD.gewist IS NULL AND NEW.was IS NULL AND NEW.werd IS NULL AND "
    + " AND ".join(f"NEW.{name} = OLD.{name}" for name in SAME)
)
SQLITE = (
    "CREATE TRIGGER boeking_blijft BEFORE DELETE ON boeking BEGIN SELECT RAISE(ABORT, 'boeking blijft'); END",
    f"CREATE TRIGGER boeking_vast BEFORE UPDATE ON boeking WHEN NOT ({ERASED}) "
    "BEGIN SELECT RAISE(ABORT, 'boeking blijft'); END",
)
POSTGRES = (
    f"""CREATE FUNCTION boeking_blijft() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF {ERASED} THEN RETURN NEW; END IF;
        END IF;
        RAISE EXCEPTION 'boeking blijft';
    END $$""",
    "CREATE TRIGGER boeking_vast BEFORE UPDATE OR DELETE ON boeking FOR EACH ROW EXECUTE FUNCTION boeking_blijft()",
)


def upgrade() -> None:
    """Make the tables, and have the database itself refuse that an entry is changed."""
    op.create_table(
        "boeking",
        sa.Column("nummer", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("handeling", sa.Integer, nullable=False),
        sa.Column("merk", sa.String(64), nullable=False),
        sa.Column("soort", sa.String(40), nullable=False),
        sa.Column("sleutel", sa.Text, nullable=False),
        sa.Column("versie", sa.Integer, nullable=False),
        sa.Column("wanneer", sa.String(32), nullable=False),
        sa.Column("wie", sa.Text, nullable=False),
        sa.Column("login", sa.Text, nullable=False, server_default=""),
        sa.Column("waarom", sa.Text, nullable=False),
        sa.Column("was", sa.Text),
        sa.Column("werd", sa.Text),
        sa.Column("gewist", sa.String(32)),
        sa.UniqueConstraint("soort", "sleutel", "versie", name="boeking_versie"),
    )
    op.create_index("boeking_soort", "boeking", ["soort", "nummer"])
    op.create_index("boeking_handeling", "boeking", ["handeling"])
    op.create_index("boeking_merk", "boeking", ["merk"])
    op.create_table(
        "stand",
        sa.Column("soort", sa.String(40), primary_key=True),
        sa.Column("sleutel", sa.Text, primary_key=True),
        sa.Column("nummer", sa.Integer, nullable=False),
        sa.Column("versie", sa.Integer, nullable=False),
        sa.Column("werd", sa.Text),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRES:
        op.execute(statement)
