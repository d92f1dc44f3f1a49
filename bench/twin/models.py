"""The record's tables as a tutorial would model them."""

from django.db import models


class Speaker(models.Model):
    name = models.CharField(max_length=200)
    slug = models.SlugField()

    class Meta:
        managed = False
        db_table = "quotes_speaker"

    def __str__(self) -> str:
        return self.name


class Outlet(models.Model):
    name = models.CharField(max_length=200)
    slug = models.SlugField()

    class Meta:
        managed = False
        db_table = "sources_outlet"

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    name = models.CharField(max_length=150)
    slug = models.SlugField()

    class Meta:
        managed = False
        db_table = "quotes_topic"

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    pid = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    text = models.TextField()
    mode = models.CharField(max_length=8)
    language = models.CharField(max_length=35)
    label = models.CharField(max_length=200)
    said = models.CharField(max_length=50)
    said_max = models.DateField()
    published = models.CharField(max_length=50)
    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="statements")
    outlets = models.ManyToManyField(Outlet, through="Carriage")
    topics = models.ManyToManyField(Topic, through="Filing")

    class Meta:
        managed = False
        db_table = "quotes_statement"
        ordering = ["-said_max", "-id"]

    def __str__(self) -> str:
        return self.text[:60]


class Carriage(models.Model):
    statement = models.ForeignKey(Statement, models.CASCADE)
    outlet = models.ForeignKey(Outlet, models.CASCADE)
    role = models.CharField(max_length=12)

    class Meta:
        managed = False
        db_table = "quotes_carriage"

    def __str__(self) -> str:
        return f"{self.role} {self.outlet}"


class Filing(models.Model):
    statement = models.ForeignKey(Statement, models.CASCADE)
    topic = models.ForeignKey(Topic, models.CASCADE)

    class Meta:
        managed = False
        db_table = "quotes_statement_topics"

    def __str__(self) -> str:
        return f"{self.statement_id} {self.topic}"
